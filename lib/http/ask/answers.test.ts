import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { parseAddress, parseCidr } from '@/lib/flow/address/address'
import type { ErrorAnswer } from '@/lib/flow/answer/error'
import type { CountersAnswer } from '@/lib/flow/answer/traffic/counters'
import type { FindingsAnswer } from '@/lib/flow/answer/traffic/findings'
import type { HostAnswer } from '@/lib/flow/answer/traffic/host'
import type { PathsAnswer } from '@/lib/flow/answer/traffic/paths'
import type { RuleAnswer } from '@/lib/flow/answer/traffic/rule'
import type { RulesAnswer } from '@/lib/flow/answer/traffic/rules'
import type { TalkersAnswer } from '@/lib/flow/answer/traffic/talkers'
import type { TimelineAnswer } from '@/lib/flow/answer/traffic/timeline'
import type { ValuesAnswer } from '@/lib/flow/answer/traffic/values'
import type { FlowAnswer } from '@/lib/flow/answer/tuples/flow'
import type { FlowsAnswer } from '@/lib/flow/answer/tuples/flows'
import type { NeighboursAnswer } from '@/lib/flow/answer/tuples/neighbours'
import type { RawAnswer } from '@/lib/flow/answer/tuples/raw'
import type { TupleRow, TuplesAnswer } from '@/lib/flow/answer/tuples/tuples'
import { FINDING_KINDS } from '@/lib/flow/finding/kinds'
import { HOUR } from '@/lib/flow/time/bucket'
import { exportRows } from '@/lib/http/export/export'
import { Road } from '@/lib/ingest/road/road'
import { startHere } from '@/lib/ingest/test/here'
import { type NaiveRow, readNaively } from '@/lib/parse/test/naive-reader'
import { FolderSource } from '@/lib/source/folder/folder'
import { parsePath } from '@/lib/source/model/path'
import { openDuckdb } from '@/lib/store/duckdb/duckdb'
import { INCIDENT } from '@/scripts/demo/traffic/incident'
import { writeFolder } from '@/scripts/demo/write-folder'
import { get, serve } from '../test/serve'
import { load } from './load'
import { logs } from './logs'
import {
  counters,
  coverage,
  findings,
  flips,
  flow,
  flows,
  host,
  neighbours,
  paths,
  plan,
  rule,
  rules,
  scans,
  talkers,
  timeline,
  tuples,
  values,
} from './questions'
import { raw } from './raw'

const NOW = Date.UTC(2026, 7, 12, 16, 30)
const samples = resolve(import.meta.dirname, '../../../../shared/samples')

/** IPv6 at both ends, which is rare in the demo, an encrypted and an unspecified denial, and a rejected tuple. */
const SIX = `{"records":[{"time":"2026-08-12T10:01:02.0000000Z","flowLogGUID":"g","macAddress":"000D3A000001","category":"FlowLogFlowEvent",
"flowLogResourceID":"/SUBSCRIPTIONS/S/RESOURCEGROUPS/NETWORKWATCHERRG/PROVIDERS/MICROSOFT.NETWORK/NETWORKWATCHERS/NETWORKWATCHER_WESTEUROPE/FLOWLOGS/SIX",
"targetResourceID":"/subscriptions/s","flowLogVersion":4,"operationName":"FlowLogFlowEvent","flowRecords":{"flows":[{"aclID":"unspecified","flowGroups":[{"rule":"unspecified",
"flowTuples":["1786528800001,2001:db8::1,2001:DB8:0:0:0:0:0:2,1000,443,6,O,B,X,0,0,0,0","1786528801001,2001:db8::1,2001:db8::2,1000,443,6,O,E,X,3,3000,2,200",
"1786528802001,2001:db8:1::9,2001:db8::2,1001,22,6,I,D,NX_NOT_ACCEPTED,0,0,0,0","1786528803001,10.0.0.1,10.0.0.2,5,6,300,O,B,NX",""]}]}]}}]}`

const PROTOCOLS: Record<string, string> = { 6: 'tcp', 17: 'udp' }

let dir: string
let road: Road
let all: NaiveRow[]

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'flowlens-http-'))
  const evidence = join(dir, 'evidence')
  await writeFolder(evidence, { seed: 7, tuples: 60_000, now: NOW })
  for (const name of readdirSync(evidence, { recursive: true, encoding: 'utf8' })) {
    const path = parsePath(name)
    if (path && path.hour < NOW - 3 * HOUR) rmSync(join(evidence, name))
  }
  writeFileSync(join(evidence, 'six.json'), SIX)
  if (existsSync(samples)) {
    for (const name of readdirSync(samples))
      if (name.endsWith('.json')) writeFileSync(join(evidence, name), readFileSync(join(samples, name)))
  }
  const source = new FolderSource(evidence)
  all = readdirSync(evidence, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.json'))
    .flatMap((name) => {
      const path = parsePath(name)
      const scope = path?.scope.replace(/^.*?((?:flowLog)?resourceId=)/i, '$1') ?? null
      const origin = { blob: 0, source: source.id, scope, hour: path?.hour ?? null, mac: path?.mac ?? null, offset: 0 }
      const { rows } = readNaively(readFileSync(join(evidence, name)), origin)
      return rows.map((row) => ({ ...row, proto: PROTOCOLS[row.proto] ?? row.proto }))
    })
  road = new Road(await openDuckdb(join(dir, 'data')), [source], { threads: 2, start: startHere, now: () => NOW })
  serve(road)
})

afterAll(async () => {
  await road.close()
  rmSync(dir, { recursive: true, force: true })
})

const FROM = '2024-01-01T00:00:00Z'
const TO = '2027-01-01T00:00:00Z'
const always = { from: FROM, to: TO }

const bytesOf = (row: NaiveRow) => (row.bytesSent ?? 0) + (row.bytesReceived ?? 0)
const within = (address: string, cidr: string) => {
  const { first, last } = parseCidr(cidr)!
  const value = parseAddress(address)!
  return value >= first && value <= last
}
const last = (id: string) => id.slice(id.lastIndexOf('/') + 1).toLowerCase()
const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase()

/** Filters with a plain reading of their meaning. */
const FILTERS: [string, (row: NaiveRow) => boolean][] = [
  ['', () => true],
  ['action:deny', (row) => row.action === 'deny'],
  ['action:deny dir:in not src:10.0.0.0/8', (row) => row.action === 'deny' && row.dir === 'in' && !within(row.src, '10.0.0.0/8')],
  ['-proto:tcp', (row) => row.proto !== 'tcp'],
  ['dport:22,3389,443', (row) => [22, 3389, 443].includes(row.dport)],
  ['dport:1000..2000', (row) => row.dport >= 1000 && row.dport <= 2000],
  ['port:443', (row) => row.sport === 443 || row.dport === 443],
  ['10.10.1.4', (row) => row.src === '10.10.1.4' || row.dst === '10.10.1.4'],
  [
    'ip:10.10.0.0/16,198.51.100.0/24',
    (row) => [row.src, row.dst].some((end) => within(end, '10.10.0.0/16') || within(end, '198.51.100.0/24')),
  ],
  ['src:2001:db8::/32', (row) => row.src.includes(':') && within(row.src, '2001:db8::/32')],
  ['not ip:2001:db8::/48', (row) => ![row.src, row.dst].some((end) => within(end, '2001:db8::/48'))],
  [
    'src:10.10.1.1..10.10.1.9',
    (row) => within(row.src, '10.10.1.0/28') && Number(row.src.split('.')[3]) >= 1 && Number(row.src.split('.')[3]) <= 9,
  ],
  ['bytes>1000', (row) => bytesOf(row) > 1000],
  ['bytes<=0', (row) => bytesOf(row) === 0],
  [
    'bytes:1000..20000 packets>=10',
    (row) => bytesOf(row) >= 1000 && bytesOf(row) <= 20000 && (row.packetsSent ?? 0) + (row.packetsReceived ?? 0) >= 10,
  ],
  ['rule:UserRule_*', (row) => row.rule.toLowerCase().startsWith('userrule_')],
  ['not rule:*deny*', (row) => !row.rule.toLowerCase().includes('deny')],
  ['allow', (row) => row.rule.toLowerCase().includes('allow')],
  ['(dport:22 or dport:3389) action:allow', (row) => (row.dport === 22 || row.dport === 3389) && row.action === 'allow'],
  ['dport:22 or dport:3389 action:allow', (row) => row.dport === 22 || (row.dport === 3389 && row.action === 'allow')],
  ['not (dir:out or state:begin)', (row) => row.dir !== 'out' && row.state !== 'begin'],
  ['state:none', (row) => row.state === 'none'],
  ['state:begin,deny -enc:NX', (row) => ['begin', 'deny'].includes(row.state) && !(row.enc !== null && same(row.enc, 'NX'))],
  ['enc:NX_*', (row) => row.enc?.toLowerCase().startsWith('nx_') === true],
  ['enc:none', (row) => row.enc === null],
  ['format:nsg', (row) => row.format.startsWith('nsg')],
  ['format:vnet-v4 proto:17', (row) => row.format === 'vnet-v4' && row.proto === 'udp'],
  ['acl:*nsg sport>1023', (row) => (row.acl.toLowerCase().endsWith('nsg') || last(row.acl).endsWith('nsg')) && row.sport > 1023],
  ['log:*vnet*', (row) => row.log.toLowerCase().includes('vnet') || row.logName.toLowerCase().includes('vnet')],
  ['mac:00-0d-3a*', (row) => row.mac.startsWith('000D3A')],
]

async function ask<T>(handler: Parameters<typeof get>[0], keys: Record<string, string> = {}): Promise<T> {
  const response = await get(handler, { ...always, ...keys })
  const body = await response.json()
  expect(response.status, JSON.stringify(body)).toBe(200)
  return body as T
}

function naively(keep: (row: NaiveRow) => boolean): NaiveRow[] {
  const [from, to] = [Date.parse(FROM), Date.parse(TO)]
  return all.filter((row) => row.time >= from && row.time < to && keep(row))
}

function wordsOf(row: NaiveRow): Partial<TupleRow> {
  const { src, dst, sport, dport, dir, enc, packetsSent, bytesSent, packetsReceived, bytesReceived, rule, acl, mac, log, format } = row
  return {
    time: new Date(row.time).toISOString(),
    recordTime: new Date(row.recordTime).toISOString(),
    src,
    dst,
    sport,
    dport,
    proto: row.proto.replace(/^other /, ''),
    dir: dir as TupleRow['dir'],
    action: row.action as TupleRow['action'],
    state: row.state === 'none' ? null : row.state.replace(/^other /, ''),
    ...{ enc, packetsSent, bytesSent, packetsReceived, bytesReceived, rule, acl, mac, log, format },
  }
}

const text = (row: object) => JSON.stringify(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1)))
const without = ({ id: _, ...row }: TupleRow) => row

/** Returns the first few rows that only one side has, or has more often. */
function difference(found: readonly object[], expected: readonly object[]): string[] {
  const counts = new Map<string, number>()
  for (const row of found) counts.set(text(row), (counts.get(text(row)) ?? 0) + 1)
  for (const row of expected) counts.set(text(row), (counts.get(text(row)) ?? 0) - 1)
  return [...counts].flatMap(([row, count]) => (count === 0 ? [] : [`${count > 0 ? 'found' : 'expected'} ${row}`])).slice(0, 4)
}

async function everyRow(keys: Record<string, string>): Promise<{ rows: TupleRow[]; total: number }> {
  const rows: TupleRow[] = []
  let cursor = ''
  let total = 0
  do {
    const page: TuplesAnswer = await ask<TuplesAnswer>(tuples, { ...keys, limit: '10000', ...(cursor === '' ? {} : { cursor }) })
    rows.push(...page.rows)
    total = page.total
    cursor = page.next ?? ''
  } while (cursor !== '')
  return { rows, total }
}

describe('answers equal a naive reading of the same files', () => {
  it('over a range with data of every kind', () => {
    expect(all.length).toBeGreaterThan(7_000)
    for (const [q, keep] of FILTERS) expect(naively(keep).length, q).toBeGreaterThan(0)
  })

  it.each(FILTERS)('%s', async (q, keep) => {
    const expected = naively(keep)
    const { rows, total } = await everyRow({ q })
    expect(total).toBe(expected.length)
    expect(difference(rows.map(without), expected.map(wordsOf))).toEqual([])
    const denied = expected.filter((row) => row.action === 'deny').length
    const { buckets } = await ask<TimelineAnswer>(timeline, { q })
    expect(buckets.reduce((sum, { deny }) => sum + deny.tuples, 0)).toBe(denied)
    expect(buckets.reduce((sum, { allow }) => sum + allow.tuples, 0)).toBe(expected.length - denied)
    const bySource = await ask<TalkersAnswer>(talkers, { q, by: 'src', limit: '5' })
    const counts = new Map<string, number>()
    for (const { src } of expected) counts.set(src, (counts.get(src) ?? 0) + 1)
    expect(bySource.total).toBe(counts.size)
    expect(bySource.rows.map(({ tuples: n }) => n)).toEqual([...counts.values()].sort((a, b) => b - a).slice(0, 5))
    for (const { key, tuples: n, bytes } of bySource.rows) {
      expect(n).toBe(counts.get(key as string))
      expect(bytes).toBe(expected.filter(({ src }) => src === key).reduce((sum, row) => sum + bytesOf(row), 0))
    }
    expect(bySource.other.tuples + bySource.rows.reduce((sum, row) => sum + row.tuples, 0)).toBe(expected.length)
    const ports = await ask<ValuesAnswer>(values, { q, field: 'dport', prefix: '4', limit: '1000' })
    const begun = expected.filter(({ dport }) => String(dport).startsWith('4'))
    expect(ports.total).toBe(new Set(begun.map(({ dport }) => dport)).size)
    for (const { value, tuples: n } of ports.rows) expect(n).toBe(begun.filter(({ dport }) => String(dport) === value).length)
    const byRule = await ask<RulesAnswer>(rules, { q })
    expect(byRule.rows.reduce((sum, row) => sum + row.tuples, 0)).toBe(expected.length)
    expect(byRule.rows.length).toBe(new Set(expected.map(({ rule, acl, dir }) => text({ rule, acl, dir }))).size)
  })

  it.each(['10.10.1.4', '2001:db8::2', INCIDENT.intruder])('about the host %s', async (ip) => {
    const expected = naively(({ src, dst }) => src === ip || dst === ip)
    expect(expected.length).toBeGreaterThan(0)
    const answer = await ask<HostAnswer>(host, { ip, limit: '100' })
    expect(answer.total).toMatchObject({ tuples: expected.length, deny: expected.filter((row) => row.action === 'deny').length })
    expect(answer.cards.reduce((sum, nic) => sum + nic.tuples, 0)).toBe(expected.length)
    for (const { end, action, ...role } of answer.roles) {
      const own = expected.filter((row) => row[end] === ip && row.action === action)
      const peers = new Set(own.map((row) => (end === 'src' ? row.dst : row.src)))
      expect([role.tuples, role.peers.total]).toEqual([own.length, peers.size])
      expect(role.bytesSent + role.bytesReceived).toBe(own.reduce((sum, row) => sum + bytesOf(row), 0))
    }
    const denied = answer.scan?.attempts ?? 0
    expect(denied).toBe(expected.filter((row) => row.src === ip && row.dir === 'in' && row.action === 'deny').length)
  })

  it('with the history of each talker', async () => {
    const { rows, bucketMs } = await ask<TalkersAnswer>(talkers, { by: 'dport', spark: '30' })
    expect(bucketMs! * 30).toBeGreaterThan(Date.parse(TO) - Date.parse(FROM))
    for (const { allow, deny, spark } of rows) {
      expect(spark!.allow.reduce((sum, n) => sum + n)).toBe(allow)
      expect(spark!.deny.reduce((sum, n) => sum + n)).toBe(deny)
    }
  })

  it('as paths, in which every column and every pair of neighbours contains everything', async () => {
    const { nodes, links, total } = await ask<PathsAnswer>(paths, { by: 'src,dport,dst,src.net', metric: 'bytes', limit: '5' })
    const bytes = all.reduce((sum, row) => sum + bytesOf(row), 0)
    expect(total).toMatchObject({ tuples: all.length, bytes })
    for (const column of [0, 1, 2, 3]) {
      const own = nodes.filter((node) => node.column === column)
      expect(own.reduce((sum, node) => sum + node.bytes, 0)).toBe(bytes)
      const leaving = links.filter(({ from }) => own.some(({ id }) => id === from))
      expect(leaving.reduce((sum, link) => sum + link.tuples, 0)).toBe(column === 3 ? 0 : all.length)
    }
  })

  it('hour by hour, as over the whole', async () => {
    const day = Date.UTC(2026, 7, 12)
    for (const hour of [day + 13 * HOUR, day + 14 * HOUR, day + 15 * HOUR]) {
      const [from, to] = [new Date(hour).toISOString(), new Date(hour + HOUR).toISOString()]
      const expected = all.filter((row) => row.time >= hour && row.time < hour + HOUR).length
      expect((await ask<TuplesAnswer>(tuples, { from, to })).total).toBe(expected)
    }
  })

  it('as of an instant', async () => {
    const asof = NOW - HOUR
    const expected = all.filter((row) => row.recordTime <= asof).length
    expect((await ask<TuplesAnswer>(tuples, { asof: new Date(asof).toISOString() })).total).toBe(expected)
  })
})

describe('the details of each rule', () => {
  it("equal the rule's row in the list", async () => {
    const { rows } = await ask<RulesAnswer>(rules, { spark: '24' })
    expect(rows.length).toBeGreaterThan(10)
    for (const row of rows) {
      const details = await ask<RuleAnswer>(rule, { rule: row.rule === '' ? '""' : row.rule, acl: row.acl, dir: row.dir, spark: '24' })
      const { allow, deny } = details
      expect([allow?.tuples ?? 0, deny?.tuples ?? 0]).toEqual([row.allow, row.deny])
      expect(details.kind).toBe(row.kind)
      expect({ bucketMs: details.bucketMs, spark: details.spark }).toMatchObject({ spark: row.spark })
      const held = (side: typeof allow) => side?.sources.cover.prefixes.reduce((sum, { seen }) => sum + seen, 0)
      for (const side of [allow, deny]) expect(held(side)).toBe(side?.sources.total)
    }
  })
})

describe('a cursor', () => {
  it('pages through equal times without losing or doubling a row', async () => {
    for (const sort of ['-time', 'dport,-bytesSent', 'rule']) {
      const ids: string[] = []
      let cursor = ''
      for (let page = 0; page < 30; page++) {
        const answer = await ask<TuplesAnswer>(tuples, { q: 'action:deny', limit: '37', sort, ...(cursor === '' ? {} : { cursor }) })
        ids.push(...answer.rows.map(({ id }) => id))
        cursor = answer.next!
      }
      const whole = await ask<TuplesAnswer>(tuples, { q: 'action:deny', limit: String(30 * 37), sort })
      expect(ids).toEqual(whole.rows.map(({ id }) => id))
    }
  })
})

describe('pages of flows', () => {
  async function pages(limit: number, sort: string): Promise<{ rows: FlowsAnswer['rows']; total: number; asked: number }> {
    const spy = vi.spyOn(road.store, 'query')
    const rows: FlowsAnswer['rows'] = []
    let total = 0
    let cursor = ''
    do {
      const page = await ask<FlowsAnswer>(flows, { limit: String(limit), sort, ...(cursor === '' ? {} : { cursor }) })
      if (page.next !== null) expect(page.rows).toHaveLength(limit)
      rows.push(...page.rows)
      total = page.total
      cursor = page.next ?? ''
    } while (cursor !== '')
    const asked = spy.mock.calls.filter(([question]) => question.parts.join('').includes('oldest')).length
    spy.mockRestore()
    return { rows, total, asked }
  }

  it('are cut out of longer stretches, of which the engine is asked once', async () => {
    const whole = await pages(10_000, 'dport')
    expect(whole.total).toBeGreaterThan(5_000)
    expect(whole.rows).toHaveLength(whole.total)
    const even = await pages(250, 'dport')
    expect(even.rows).toEqual(whole.rows)
    expect(even.asked).toBe(Math.ceil(whole.total / 5_000))
    const odd = await pages(333, '-bytesSent')
    expect(new Set(odd.rows.map(({ id }) => id)).size).toBe(whole.total)
    expect(odd.asked).toBe(1 + Math.ceil((whole.total - 5_000) / (5_000 - (5_000 % 333))))
  })
})

describe('a tuple', () => {
  it('gives its line', async () => {
    const { rows } = await ask<TuplesAnswer>(tuples, { q: 'src:2001:db8:1::9' })
    const response = await get(raw, {}, { id: rows[0]!.id })
    const body = (await response.json()) as RawAnswer
    const line = '1786528802001,2001:db8:1::9,2001:db8::2,1001,22,6,I,D,NX_NOT_ACCEPTED,0,0,0,0'
    expect(body).toMatchObject({ line, blob: 'six.json', offset: SIX.indexOf(line), length: line.length, row: rows[0] })
    expect(body.verdict).toEqual({ line: 'same', fields: [], blob: 'same' })
    expect(JSON.parse(body.record.text!)).toEqual(JSON.parse(SIX).records[0])
    expect(body.etagNow).toBe(body.etag)
  })

  it('gives the other rows of its flow, and its neighbours', async () => {
    const { rows } = await ask<TuplesAnswer>(tuples, { q: 'src:2001:db8::1 dst:2001:db8::2', sort: 'time' })
    expect(rows.map(({ state }) => state)).toEqual(['begin', 'end'])
    const path = { id: rows[1]!.id }
    const whole = (await (await get(flow, always, path)).json()) as FlowAnswer
    expect({ total: whole.total, rows: whole.rows }).toEqual({ total: 2, rows })
    const { blobs, blobsRead, malformed, complete } = whole.coverage
    expect({ blobsRead, isRefused: malformed > 0, complete }).toEqual({ blobsRead: blobs, isRefused: true, complete: false })
    const near = (await (await get(neighbours, { ...always, q: 'dport:22', limit: '5' }, path)).json()) as NeighboursAnswer
    expect({ total: near.total, sources: near.rows.map(({ src }) => src) }).toEqual({ total: 1, sources: ['2001:db8:1::9'] })
  })
})

describe('counting once', () => {
  it('leaves out of every answer what counters report as duplicates', async () => {
    const counted = await ask<CountersAnswer>(counters, {})
    const once = await ask<CountersAnswer>(counters, { once: '1' })
    const { copies, repeated } = counted
    const twice = copies.rows + repeated.rows
    expect(twice).toBeGreaterThan(0)
    expect(counted).toMatchObject({ tuples: all.length, view: { once: false } })
    expect(once).toMatchObject({ tuples: all.length - twice, copies, repeated, view: { once: true } })
    expect((await ask<TuplesAnswer>(tuples, { once: '1' })).total).toBe(once.tuples)
    const lines = await (await get(exportRows, { ...always, once: '1', format: 'ndjson' })).text()
    expect(lines.trim().split('\n').length).toBe(once.tuples)
  })
})

describe('findings', () => {
  const wary = { thresholds: 'let-in.denied:1,beacon.calls:4,exfiltration.bytes:1000,fan-out.hosts:2', baseline: '1h' }

  it('are counted by kind, select their tuples, and are left out if muted', async () => {
    const answer = await ask<FindingsAnswer>(findings, wary)
    expect(answer.kinds.map(({ kind }) => kind)).toEqual(FINDING_KINDS)
    expect(answer.kinds.reduce((sum, { found }) => sum + found, 0)).toBe(answer.rows.length)
    expect(answer.rows.length).toBeGreaterThan(0)
    expect(answer.baseline).toMatchObject({ complete: false, share: 0 })
    for (const { q, from, to, tuples: expected } of answer.rows)
      expect((await ask<TuplesAnswer>(tuples, { q, from, to })).total, q).toBe(expected)
    const [first, ...others] = answer.rows
    const muted = await ask<FindingsAnswer>(findings, { ...wary, muted: first!.id })
    expect({ muted: muted.muted, rows: muted.rows, kinds: muted.kinds }).toEqual({ muted: 1, rows: others, kinds: answer.kinds })
    const one = await ask<FindingsAnswer>(findings, { ...wary, kinds: first!.kind })
    expect(one.rows).toEqual(answer.rows.filter(({ kind }) => kind === first!.kind))
  })
})

describe('questions that are wrong', () => {
  const wrong: [Parameters<typeof get>[0], Record<string, string | string[]>, number, Partial<ErrorAnswer['error']>][] = [
    [timeline, { q: 'action:deny dport:99999' }, 400, { kind: 'ask', key: 'q', at: 18 }],
    [tuples, { nonsense: '1' }, 400, { kind: 'ask', key: 'nonsense' }],
    [tuples, { q: 'a', limit: '0' }, 400, { key: 'limit' }],
    [tuples, { cursor: 'zzz' }, 400, { key: 'cursor' }],
    [talkers, { by: 'color' }, 400, { key: 'by' }],
    [paths, { by: 'src' }, 400, { key: 'by' }],
    [paths, { by: 'src,dport,dst,rule,acl' }, 400, { key: 'by' }],
    [paths, { by: 'src,scanner' }, 400, { key: 'by', at: 4 }],
    [paths, { by: 'src,dst', limit: '0' }, 400, { key: 'limit' }],
    [paths, { by: 'src,dst', metric: 'peers' }, 400, { key: 'metric' }],
    [values, { field: 'color' }, 400, { key: 'field' }],
    [rules, { from: 'yesterday' }, 400, { key: 'from' }],
    [scans, { group: '33' }, 400, { key: 'group' }],
    [scans, { thresholds: '3/10' }, 400, { key: 'thresholds' }],
    [scans, { q: 'scanner:any@33' }, 400, { key: 'q', at: 11 }],
    [timeline, { noise: 'yes' }, 400, { key: 'noise' }],
    [talkers, { by: 'scanner' }, 400, { key: 'by' }],
    [rules, { per: 'day' }, 400, { key: 'per' }],
    [rule, { rule: 'UserRule_RDP' }, 400, { key: 'acl' }],
    [flips, { way: 'open' }, 400, { key: 'way' }],
    [findings, { thresholds: 'beacon.calls:20,beacon.beats:3' }, 400, { key: 'thresholds', at: 16 }],
    [findings, { kinds: 'beacon,becon' }, 400, { key: 'kinds', at: 7 }],
    [findings, { thresholds: 'beacon.calls:3' }, 400, { key: 'thresholds', at: 0 }],
    [talkers, { spark: '241' }, 400, { key: 'spark' }],
    [host, {}, 400, { kind: 'ask', key: 'ip', at: 0 }],
    [host, { ip: '999.1.1.1' }, 400, { kind: 'ask', key: 'ip', at: 0 }],
    [plan, { wait: '0' }, 400, { key: 'wait' }],
    [counters, { once: 'yes' }, 400, { key: 'once' }],
    [coverage, { last: '1h', from: FROM }, 400, { key: 'last' }],
    [logs, { q: '' }, 400, { key: 'q' }],
  ]

  it.each(wrong)('%# are refused with the key and the position', async (handler, keys, status, error) => {
    const response = await get(handler, keys)
    expect(response.status).toBe(status)
    expect(((await response.json()) as ErrorAnswer).error).toMatchObject(error)
  })

  it('are 404 for an absent tuple, 400 for an invalid id', async () => {
    expect((await get(raw, {}, { id: 'zzzz-1' })).status).toBe(404)
    expect((await get(raw, {}, { id: '../../etc' })).status).toBe(400)
    expect((await get(flow, always, { id: 'zzzz-1' })).status).toBe(404)
    expect((await get(neighbours, always, { id: 'no id' })).status).toBe(400)
  })
})

describe('load', () => {
  it('reports its progress and its end', async () => {
    const text = await (await get(load, always)).text()
    const events = text
      .trim()
      .split('\n\n')
      .map((event) => event.split('\n'))
    expect(events[0]![0]).toBe('event: view')
    const [name, data] = events.at(-1)!
    expect(name).toBe('event: done')
    expect(JSON.parse(data!.slice('data: '.length))).toMatchObject({ done: true, left: 0, tuples: all.length })
  })
})
