import { strict as assert } from 'node:assert'
import type { Basis } from '@/lib/flow/answer/answer'
import type { EvidenceAnswer, ProofAnswer } from '@/lib/flow/answer/evidence/evidence'
import type { VerifyAnswer } from '@/lib/flow/answer/evidence/verify'
import type { CoverageAnswer } from '@/lib/flow/answer/read/coverage'
import type { LogsAnswer } from '@/lib/flow/answer/read/logs'
import type { ManifestAnswer } from '@/lib/flow/answer/read/manifest'
import type { CountersAnswer } from '@/lib/flow/answer/traffic/counters'
import type { FindingsAnswer } from '@/lib/flow/answer/traffic/findings'
import type { PathsAnswer } from '@/lib/flow/answer/traffic/paths'
import type { RuleAnswer } from '@/lib/flow/answer/traffic/rule'
import type { RulesAnswer } from '@/lib/flow/answer/traffic/rules'
import type { TimelineAnswer } from '@/lib/flow/answer/traffic/timeline'
import type { RawAnswer } from '@/lib/flow/answer/tuples/raw'
import type { TupleRow, TuplesAnswer } from '@/lib/flow/answer/tuples/tuples'
import { EXPORT_SCHEMAS } from '@/lib/flow/field/export'
import { ROW_FIELDS } from '@/lib/flow/field/fields'
import { METRICS, PATH_METRICS } from '@/lib/flow/field/metric'
import { FLOW_ORDERS } from '@/lib/flow/field/orders'
import { SCAN_GROUPS } from '@/lib/flow/field/scan'
import { FINDING_KINDS } from '@/lib/flow/finding/kinds'
import { parseThresholds } from '@/lib/flow/finding/thresholds'
import { timeBefore } from '@/lib/flow/time/baseline'
import { DAY } from '@/lib/flow/time/bucket'
import { FLIP_WAYS } from '@/lib/flow/view/flip'
import type { View } from '@/lib/flow/view/view'
import { load } from '@/lib/http/ask/load'
import { logs } from '@/lib/http/ask/logs'
import * as ask from '@/lib/http/ask/questions'
import { raw } from '@/lib/http/ask/raw'
import { evidence, prove } from '@/lib/http/evidence/evidence'
import { verify } from '@/lib/http/evidence/verify'
import { exportRows } from '@/lib/http/export/export'
import { manifest } from '@/lib/http/export/manifest'
import { get } from '@/lib/http/test/serve'
import type { RouteView } from '@/lib/link/views'
import type { Fact } from '@/lib/query/test/facts'
import { naiveRules, naiveScans, naiveTalkers, naiveTimeline, naiveTuples, naiveValues, rowOf } from '@/lib/query/test/naive/answers'
import { naiveCounters } from '@/lib/query/test/naive/counters'
import { naiveRows } from '@/lib/query/test/naive/filter'
import { inOrder, naiveFindings, plainOf } from '@/lib/query/test/naive/findings'
import { naiveFlips } from '@/lib/query/test/naive/flips'
import { naiveFlow, naiveFlows, naiveNeighbours } from '@/lib/query/test/naive/flow'
import { naiveHost } from '@/lib/query/test/naive/host'
import { naivePaths } from '@/lib/query/test/naive/paths'
import { naiveRule } from '@/lib/query/test/naive/rule'
import { type Dice, randomBy, randomColumns, randomOrder, randomPrefix, randomSort, randomThresholds } from '@/lib/query/test/random'
import { type AskedKeys, answerOf, bytesOf, csvOf, lastEvent, linesOf, sent } from '../routes/asked'
import { exactSum } from './exact-sum'

/** The input of one case, and the facts that a plain reading found. */
export interface NumberCase {
  dice: Dice
  keys: AskedKeys
  view: View
  /** All facts of the log, and the rows of the view. */
  facts: readonly Fact[]
  rows: readonly Fact[]
  /** Coverage of all logs in the range. */
  covered: { tuples: number; malformed: number }
}

type Question = (asked: NumberCase) => Promise<void>

/** Returns the part of an answer that not all answers share. */
function own<Answer extends Basis>({ view: _, coverage: __, ...part }: Answer) {
  return part
}

async function expects<Answer extends Basis>(
  handler: Parameters<typeof get>[0],
  asked: NumberCase,
  more: AskedKeys,
  plain: object,
  path: AskedKeys = {},
) {
  const answer = await answerOf<Answer>(handler, { ...asked.keys, ...more }, path)
  const told = own(answer)
  const compared = Object.fromEntries(Object.keys(plain).map((key) => [key, (told as Record<string, unknown>)[key]]))
  assert.deepEqual(compared, plain)
  return answer
}

async function firstRow({ keys }: NumberCase): Promise<TupleRow | undefined> {
  return (await answerOf<TuplesAnswer>(ask.tuples, { ...keys, limit: '1' })).rows[0]
}

const factOf = ({ facts }: NumberCase, { id }: TupleRow) => facts.find((fact) => rowOf(fact).id === id)!

/** Contains the first record of every log; a grid of hours cannot cover a century. */
const MONTH = { from: '2024-08-01', to: '2024-09-01' }

/** A query for every route that answers about a range; new routes must be added here. */
export const QUESTIONS: Readonly<Record<RouteView | 'logs' | 'raw', Question>> = {
  timeline: async (asked) => {
    const buckets = asked.dice.pick([1, 7, 240, 5000])
    const plain = naiveTimeline(asked.rows, asked.view, buckets)
    const answer = await expects<TimelineAnswer>(ask.timeline, asked, { buckets: String(buckets) }, plain)
    for (const sum of ['bytes', 'packets'] as const)
      assert.equal(
        exactSum(answer.buckets.flatMap(({ allow, deny }) => [allow[sum], deny[sum]])),
        exactSum(asked.rows.flatMap((row) => [row[`${sum}Sent`], row[`${sum}Received`]])),
      )
    await answerOf(ask.timeline, { ...asked.keys, noise: '1' })
  },
  talkers: async (asked) => {
    const [by, metric, limit] = [randomBy(asked.dice), asked.dice.pick(METRICS), asked.dice.pick([1, 1000])]
    const spark: AskedKeys = asked.dice.chance(0.3) ? { spark: '240' } : {}
    const answer = await answerOf<{ rows: { spark?: unknown }[] } & Basis & Record<string, unknown>>(ask.talkers, {
      ...{ ...asked.keys, by: by.join(','), metric, limit: String(limit) },
      ...spark,
    })
    const { bucketMs: _, ...told } = own(answer) as Record<string, unknown>
    const rows = answer.rows.map(({ spark: __, ...row }) => row)
    assert.deepEqual({ ...told, rows }, naiveTalkers(asked.rows, by, metric, limit))
  },
  paths: async (asked) => {
    const [by, metric, limit] = [randomColumns(asked.dice), asked.dice.pick(PATH_METRICS), asked.dice.pick([1, 1000])]
    await expects<PathsAnswer>(
      ask.paths,
      asked,
      { by: by.join(','), metric, limit: String(limit) },
      naivePaths(asked.rows, by, metric, limit),
    )
  },
  values: async (asked) => {
    const { field, prefix } = randomPrefix(asked.dice)
    await expects(ask.values, asked, { field, prefix, limit: '1000' }, naiveValues(asked.rows, asked.facts, field, prefix, 1000))
  },
  rules: async (asked) => {
    const per = asked.dice.pick(['acl', 'log'] as const)
    await expects<RulesAnswer>(ask.rules, asked, { per }, { rows: naiveRules(asked.rows, per) })
  },
  rule: async (asked) => {
    const fact = asked.rows[0]
    if (!fact) return
    const { rule, acl, dir } = fact
    const plain = naiveRule(asked.rows, { rule, acl, dir, limit: 100 })
    await expects<RuleAnswer>(ask.rule, asked, { rule, acl: acl || '""', dir, limit: '100', spark: '240' }, plain)
  },
  tuples: async (asked) => {
    const sort = randomSort(asked.dice)
    const word = sort.map(({ field, descending }) => `${descending ? '-' : ''}${field}`).join(',')
    const rows: TupleRow[] = []
    let [cursor, total] = ['', 0]
    do {
      const page = await answerOf<TuplesAnswer>(ask.tuples, { ...asked.keys, sort: word, limit: '7', ...(cursor && { cursor }) })
      rows.push(...page.rows)
      total = page.total
      cursor = page.next ?? ''
    } while (cursor !== '')
    assert.deepEqual({ rows, total }, { rows: naiveTuples(asked.rows, sort), total: asked.rows.length })
  },
  flow: async (asked) => {
    const row = await firstRow(asked)
    if (!row) return
    const rows = naiveFlow(asked.facts, asked.view, null, factOf(asked, row))
    await expects(ask.flow, asked, { limit: '1000' }, { total: rows.length, rows }, { id: row.id })
  },
  neighbours: async (asked) => {
    const row = await firstRow(asked)
    if (!row) return
    const plain = naiveNeighbours(asked.facts, asked.view, null, factOf(asked, row), 1000)
    await expects(ask.neighbours, asked, { limit: '1000' }, plain, { id: row.id })
  },
  raw: async (asked) => {
    const row = await firstRow(asked)
    if (!row) return
    const answer = await answerOf<RawAnswer>(raw, {}, { id: row.id })
    assert.deepEqual([answer.row, answer.verdict], [row, { line: 'same', fields: [], blob: 'same' }])
  },
  scans: async (asked) => {
    const options = { group: asked.dice.pick(SCAN_GROUPS), thresholds: randomThresholds(asked.dice), limit: 1000 }
    const { targets, ports, attempts } = options.thresholds
    const keys = { group: options.group, thresholds: `${targets}/${ports}/${attempts}`, limit: '1000' }
    await expects(ask.scans, asked, keys, naiveScans(asked.rows, asked.facts, asked.view, null, options))
  },
  flips: async (asked) => {
    const way = asked.dice.pick(FLIP_WAYS)
    await expects(ask.flips, asked, { way, limit: '1000' }, naiveFlips(asked.rows, asked.facts, asked.view, null, { way, limit: 1000 }))
  },
  flows: async (asked) => {
    const sort = randomOrder(asked.dice, FLOW_ORDERS)
    const plain = naiveFlows(asked.facts, asked.view, null, sort)
    const keys = { sort: sort.descending ? `-${sort.column}` : sort.column, limit: '1000' }
    await expects(ask.flows, asked, keys, { total: plain.length, rows: plain.slice(0, 1000) })
  },
  findings: async ({ dice, keys, facts, view }) => {
    // Findings of the kind `listed` depend on context, not on the logs.
    const kind = dice.pick(FINDING_KINDS.filter((one) => one !== 'listed'))
    const text =
      'let-in.denied:1,beacon.calls:4,exfiltration.bytes:1,fan-out.hosts:2,deny-surge.denied:1,deny-surge.hours:2,silence.logged:1'
    const answer = await answerOf<FindingsAnswer>(ask.findings, { ...keys, kinds: kind, baseline: '7d', thresholds: text, limit: '10000' })
    const given = {
      facts,
      view,
      baseline: timeBefore(view, 7 * DAY),
      sources: null,
      thresholds: parseThresholds(text),
      unread: new Set<string>(),
    }
    assert.deepEqual(inOrder(answer.rows.map(plainOf)), inOrder(naiveFindings(kind, given)))
  },
  host: async (asked) => {
    const ip = asked.rows[0]?.src ?? '10.0.0.4'
    await expects(ask.host, asked, { ip, limit: '100' }, naiveHost(asked.rows, asked.facts, asked.view, null, ip, 100))
  },
  counters: async (asked) => {
    const { copies: _, repeated: __, ...plain } = naiveCounters(asked.facts, asked.view, null)
    const answer = await expects<CountersAnswer>(ask.counters, asked, {}, plain)
    assert.equal(BigInt(answer.bytes), exactSum(asked.rows.flatMap((row) => [row.bytesSent, row.bytesReceived])))
  },
  coverage: async (asked) => {
    const { coverage, cells } = await answerOf<CoverageAnswer>(ask.coverage, { ...asked.keys, ...MONTH })
    const { tuples, malformed, problems } = coverage
    assert.deepEqual({ tuples, malformed }, asked.covered)
    const told = problems.filter(({ kind }) => kind === 'record' || kind === 'tuple').reduce((sum, { count }) => sum + count, 0)
    assert.equal(told, malformed, 'reasons do not add up to what was refused')
    // A path names one network interface, but odd records name others.
    if (asked.view.q.includes('mac')) return
    const own = cells.filter(({ log }) => log === asked.keys.log).reduce((sum, cell) => sum + cell.tuples, 0)
    assert.equal(own, asked.facts.length, 'cells do not add up')
  },
  holes: async (asked) => {
    await answerOf(ask.holes, asked.keys)
  },
  plan: async (asked) => {
    await answerOf(ask.plan, asked.keys)
  },
  logs: async (asked) => {
    const { logs: found } = await answerOf<LogsAnswer>(logs, {})
    assert.ok(found.some(({ id }) => id === asked.keys.log))
  },
  load: async (asked) => {
    const { name, data } = await lastEvent(load, asked.keys)
    assert.deepEqual([name, data.tuples, data.malformed], ['done', asked.covered.tuples, asked.covered.malformed])
  },
  verify: async (asked) => {
    const answer = await answerOf<VerifyAnswer>(verify, { ...asked.keys, pieces: '1' })
    const { rows, checked, matches, differences, gone, changed, failed } = answer
    const counted = asked.rows.length
    assert.deepEqual({ rows, checked, matches }, { rows: counted, checked: counted, matches: counted })
    assert.deepEqual([differences, gone, changed, failed, answer.pieces?.differences], [[], [], [], [], []])
  },
  evidence: async (asked) => {
    const link = new URLSearchParams(asked.keys).toString()
    const made = await sent<ProofAnswer>(prove, { view: link })
    const keys = { ...asked.keys, asof: made.view.asof!, proof: made.proof }
    const { verdict } = await answerOf<EvidenceAnswer>(evidence, keys)
    assert.deepEqual([verdict, made.tuples], ['same', naiveRows(asked.facts, { ...asked.view, filter: null }, null).length])
  },
  manifest: async (asked) => {
    const { total } = await answerOf<ManifestAnswer>(manifest, asked.keys)
    assert.deepEqual([total.rows, total.rejected], [asked.rows.length, asked.covered.malformed])
  },
  export: async (asked) => {
    const plain = naiveTuples(asked.rows, [{ field: 'time', descending: false }])
    const lines = await linesOf(exportRows, { ...asked.keys, cols: ROW_FIELDS.join(',') })
    assert.deepEqual(
      lines.toSorted((a, b) => (String(a.id) < String(b.id) ? -1 : 1)),
      plain.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    )
    const csv = await csvOf(exportRows, asked.keys)
    assert.equal(exactSum(csv.map(({ bytesSent = '' }) => bytesSent)), exactSum(plain.map(({ bytesSent }) => bytesSent)))
    const schema = asked.dice.pick(EXPORT_SCHEMAS)
    assert.equal((await linesOf(exportRows, { ...asked.keys, schema })).length, plain.length)
    const parquet = await bytesOf(exportRows, { ...asked.keys, format: 'parquet' })
    assert.equal(parquet.subarray(-4).toString(), 'PAR1')
    await bytesOf(exportRows, { ...asked.keys, folder: '1', format: asked.dice.pick(['csv', 'parquet']) })
  },
}

/** Sends values at every edge: they must be answered, or refused as invalid or absent. */
export async function askStrangely(handler: Parameters<typeof get>[0], keys: AskedKeys, path: AskedKeys = {}): Promise<void> {
  const response = await get(handler, keys, path)
  const text = await response.text()
  assert.ok([200, 400, 404].includes(response.status), `${JSON.stringify({ keys, path })}: ${response.status} ${text.slice(0, 500)}`)
}
