import { bucketWidth } from '@/lib/flow/time/bucket'
import type { Fact, FiveAnswers, FourAnswers } from '../answers'

/** Queries an engine; integers are numbers or strings of digits. */
export type Ask = (sql: string) => Promise<Fact[]>

export interface Question {
  from: number
  to: number
  /** A further condition over `flows`. */
  filter?: string
}

/** Columns of the typed table `flows`, in the order in which both engines load them. */
export const FLOWS = [
  'time',
  'record_time',
  'src',
  'dst',
  'sport',
  'dport',
  'proto',
  'dir',
  'action',
  'state',
  'packets_sent',
  'bytes_sent',
  'packets_received',
  'bytes_received',
  'rule',
  'acl',
  'mac',
] as const

const BUCKETS = 240
const TEXTS = new Set(['src', 'dst', 'dir', 'action', 'state', 'rule', 'acl', 'mac'])
const ACTIONS: Readonly<Record<string, string>> = { A: 'allow', D: 'deny' }
const DIRS: Readonly<Record<string, string>> = { I: 'in', O: 'out' }
const STATES: Readonly<Record<string, string>> = { B: 'begin', C: 'continue', E: 'end' }

const BYTES = 'coalesce(bytes_sent, 0) + coalesce(bytes_received, 0)'
const PACKETS = 'coalesce(packets_sent, 0) + coalesce(packets_received, 0)'
const FLOW_COUNT = `count(*) filter (where state = 'B' or action = 'D')`
const SUMS = `count(*) as tuples, ${FLOW_COUNT} as flows, count(*) filter (where action = 'A') as allow, count(*) filter (where action = 'D') as deny,
  sum(${BYTES}) as bytes, sum(${PACKETS}) as packets, sum(coalesce(bytes_sent, 0)) as "bytesSent", sum(coalesce(bytes_received, 0)) as "bytesReceived"`
const SUM_NAMES = ['tuples', 'flows', 'allow', 'deny', 'bytes', 'packets', 'bytesSent', 'bytesReceived'] as const

function where({ from, to, filter }: Question): string {
  return `time >= ${from} and time < ${to}${filter ? ` and (${filter})` : ''}`
}

function numbers(rows: readonly Fact[]): Fact[] {
  return rows.map((row) =>
    Object.fromEntries(Object.entries(row).map(([name, value]) => [name, value === null || TEXTS.has(name) ? value : Number(value)])),
  )
}

function listOf(rows: readonly Fact[], name: string): string {
  return rows.map((row) => `'${row[name]}'`).join(', ')
}

function word(proto: unknown): string {
  return proto === 6 ? 'tcp' : proto === 17 ? 'udp' : String(proto)
}

async function timeline(ask: Ask, question: Question): Promise<Fact[]> {
  const width = bucketWidth(question.from, question.to, BUCKETS)
  const rows = await ask(`select time - time % ${width} as t, action, count(*) as tuples, ${FLOW_COUNT} as flows, sum(${BYTES}) as bytes,
    sum(${PACKETS}) as packets from flows where ${where(question)} group by t, action`)
  return numbers(rows).map((row) => ({ ...row, action: ACTIONS[String(row.action)]! }))
}

/** Distinct counts are computed for the top ten only: over all talkers they cost many times as much. */
async function talkers(ask: Ask, question: Question): Promise<Pick<FourAnswers, 'talkers' | 'everybody'>> {
  const condition = where(question)
  const all = SUM_NAMES.map((name) => `sum("${name}") over () as "all_${name}"`).join(', ')
  const top = numbers(
    await ask(`select *, count(*) over () as total, ${all} from (
      select src, ${SUMS}, min(time) as first_time, max(time) as last_time from flows where ${condition} group by src
    ) as sums order by tuples desc, src limit 10`),
  )
  if (top.length === 0) return { talkers: [], everybody: { total: 0, ...Object.fromEntries(SUM_NAMES.map((name) => [name, 0])) } }
  const counted = numbers(
    await ask(`select src, count(distinct dst) as peers, count(distinct dport) as ports from flows
      where ${condition} and src in (${listOf(top, 'src')}) group by src`),
  )
  const distincts = new Map(counted.map(({ src, peers, ports }) => [src, { peers: peers!, ports: ports! }]))
  const everybody: Fact = { total: top[0]!.total! }
  for (const name of SUM_NAMES) everybody[name] = top[0]![`all_${name}`]!
  return {
    everybody,
    talkers: top.map((row) => ({
      key: row.src!,
      ...Object.fromEntries(SUM_NAMES.map((name) => [name, row[name]!])),
      ...distincts.get(row.src!)!,
      first: row.first_time!,
      last: row.last_time!,
    })),
  }
}

async function rules(ask: Ask, question: Question): Promise<Fact[]> {
  const rows = await ask(`select rule, acl, dir, count(*) as tuples, ${FLOW_COUNT} as flows, count(*) filter (where action = 'A') as allow,
      count(*) filter (where action = 'D') as deny, sum(${BYTES}) as bytes, sum(${PACKETS}) as packets,
      count(distinct src) as sources, count(distinct dst) as destinations, count(distinct dport) as ports,
      min(time) as first, max(time) as last
    from flows where ${where(question)} group by rule, acl, dir order by tuples desc`)
  return numbers(rows).map((row) => ({ ...row, dir: DIRS[String(row.dir)]! }))
}

async function tuples(ask: Ask, question: Question): Promise<Pick<FourAnswers, 'tuples' | 'total'>> {
  const condition = where(question)
  const [page, counted] = await Promise.all([
    ask(`select * from flows where ${condition} order by time desc limit 100`),
    ask(`select count(*) as total from flows where ${condition}`),
  ])
  return {
    total: Number(counted[0]!.total),
    tuples: numbers(page).map(({ record_time, packets_sent, bytes_sent, packets_received, bytes_received, ...row }) => ({
      ...row,
      recordTime: record_time!,
      packetsSent: packets_sent!,
      bytesSent: bytes_sent!,
      packetsReceived: packets_received!,
      bytesReceived: bytes_received!,
      proto: word(row.proto),
      dir: DIRS[String(row.dir)]!,
      action: ACTIONS[String(row.action)]!,
      state: STATES[String(row.state)]!,
    })),
  }
}

async function scans(ask: Ask, question: Question): Promise<Fact[]> {
  const denied = `${where(question)} and action = 'D' and dir = 'I'`
  const found = numbers(
    await ask(`select src, count(*) as attempts, count(distinct dst) as targets, count(distinct dport) as ports, min(time) as first,
      max(time) as last from flows where ${denied} group by src order by attempts desc, src limit 50`),
  )
  if (found.length === 0) return []
  const shown = `src in (${listOf(found, 'src')})`
  const [ports, allowed] = await Promise.all([
    ask(`select src, dport, proto, attempts from (
        select *, row_number() over (partition by src order by attempts desc, dport, proto) as place from (
          select src, dport, proto, count(*) as attempts from flows where ${denied} and ${shown} group by src, dport, proto
        ) as counted
      ) as ranked where place <= 5 order by place`),
    ask(`select src, count(*) as passed, min(time) as first, min(tuple_rule) as rule from (
        select src, time, first_value(rule) over (partition by src order by time) as tuple_rule
        from flows where ${where({ ...question, filter: undefined })} and action = 'A' and dir = 'I' and ${shown}
      ) as let_in group by src`),
  ])
  const passed = new Map(numbers(allowed).map((row) => [row.src, row]))
  const top = numbers(ports)
  return found.map(({ src, ...row }) => ({
    source: src!,
    ...row,
    topPorts: top
      .filter((port) => port.src === src)
      .map((port) => `${port.dport} ${word(port.proto)} ${port.attempts}`)
      .join(', '),
    letIn: passed.get(src!)?.passed ?? 0,
    letInFirst: passed.get(src!)?.first ?? null,
  }))
}

/** The four questions, one after the other: each uses all threads. */
export async function askFour(ask: Ask, question: Question): Promise<FourAnswers> {
  return {
    timeline: await timeline(ask, question),
    ...(await talkers(ask, question)),
    rules: await rules(ask, question),
    ...(await tuples(ask, question)),
  }
}

/** The overview's questions, in parallel as a page asks them. */
export async function askFive(ask: Ask, question: Question): Promise<FiveAnswers> {
  const [buckets, sources, decided, found, page] = await Promise.all([
    timeline(ask, question),
    talkers(ask, question),
    rules(ask, question),
    scans(ask, question),
    tuples(ask, question),
  ])
  return { timeline: buckets, ...sources, rules: decided, scans: found, ...page }
}
