import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ErrorAnswer } from '@/lib/flow/answer/error'
import type { BasisRecord, EvidenceAnswer, ProofAnswer } from '@/lib/flow/answer/evidence/evidence'
import type { RulesAnswer } from '@/lib/flow/answer/traffic/rules'
import type { TimelineAnswer } from '@/lib/flow/answer/traffic/timeline'
import { Problem } from '@/lib/flow/problem'
import { HOUR, MINUTE } from '@/lib/flow/time/bucket'
import { rules, timeline } from '@/lib/http/ask/questions'
import { Road } from '@/lib/ingest/road/road'
import { startHere } from '@/lib/ingest/test/here'
import { MemorySource } from '@/lib/ingest/test/memory-source'
import { blobOf, MAC, record, SCOPE } from '@/lib/ingest/test/records'
import { openDuckdb } from '@/lib/store/duckdb/duckdb'
import { get, send, serve } from '../test/serve'
import { evidence, prove } from './evidence'

const H = Date.UTC(2024, 7, 12, 16)
const range = { from: new Date(H).toISOString(), to: new Date(H + HOUR).toISOString() }
const NICS = ['a', 'b', 'c']
const place = { hour: H, mac: MAC, scope: SCOPE }
/** Ten tuples a minute for each NIC. */
const minutes = (nic: string, count: number, salt = 0) =>
  Array.from({ length: count }, (_, i) => record(H + i * MINUTE + 7000, 10, i + NICS.indexOf(nic) * 80 + salt))

let dir: string
let source: MemorySource
let road: Road
let now: number

async function open(data: string): Promise<void> {
  road = new Road(await openDuckdb(join(dir, data)), [source], { threads: 1, start: startHere, now: () => now })
  serve(road, Number.MAX_SAFE_INTEGER, join(dir, data))
}

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'flowlens-evidence-'))
  source = new MemorySource()
  now = H + 24 * HOUR
  await open('one')
})

afterEach(async () => {
  await road.close()
  rmSync(dir, { recursive: true, force: true })
})

async function bodyOf<T>(response: Response): Promise<T> {
  const body = await response.json()
  expect(response.status, JSON.stringify(body)).toBe(200)
  return body as T
}

async function makeLink(keys: Record<string, string> = range): Promise<Record<string, string>> {
  const { proof, view } = await bodyOf<ProofAnswer>(await send(prove, 'POST', { body: { view: new URLSearchParams(keys).toString() } }))
  return { from: view.from, to: view.to, asof: view.asof, proof }
}

const verify = async (link: Record<string, string>, more = {}) => bodyOf<EvidenceAnswer>(await get(evidence, { ...link, ...more }))

async function figures({ proof: _, ...view }: Record<string, string>): Promise<unknown> {
  const { buckets, view: resolved } = await bodyOf<TimelineAnswer>(await get(timeline, view))
  const { rows } = await bodyOf<RulesAnswer>(await get(rules, view))
  return { buckets, resolved, rows }
}

describe('an hour that is being written, block by block', () => {
  it('gives every pinned link the same answer, with the same data at first and grown data later', async () => {
    const links: { link: Record<string, string>; answer: unknown; tuples: number }[] = []
    // The tuples of the first minute are before the hour.
    for (let minute = 2; minute <= 7; minute++) {
      now = H + minute * MINUTE + 8000
      for (const nic of NICS) source.put(nic, blobOf(minutes(nic, minute)), place)
      for (const [i, { link, answer, tuples }] of links.entries()) {
        const judged = await verify(link)
        expect({ i, verdict: judged.verdict, before: judged.before, now: judged.now }).toEqual({
          i,
          verdict: 'grown',
          before: { blobs: 3, tuples },
          now: { blobs: 3, tuples },
        })
        expect(judged.blobs.map(({ blob, what, bytesKept }) => `${blob} ${what} ${bytesKept}`)).toEqual([
          'a grown true',
          'b grown true',
          'c grown true',
        ])
        expect(await figures(link)).toEqual(answer)
      }
      const link = await makeLink()
      expect(link.asof).toBe(new Date(H + (minute - 1) * MINUTE + 7000).toISOString())
      expect(await verify(link)).toMatchObject({ verdict: 'same', blobs: [], reason: null })
      links.push({ link, answer: await figures(link), tuples: (await verify(link)).now.tuples })
    }
    expect(new Set(links.map(({ tuples }) => tuples)).size).toBe(6)
  })

  it('is judged by another instance without a record, by the fingerprint alone', async () => {
    for (const nic of NICS) source.put(nic, blobOf(minutes(nic, 3)), place)
    const link = await makeLink()
    await road.close()
    await open('two')
    for (const nic of NICS) source.put(nic, blobOf(minutes(nic, 9)), place)
    expect(await verify(link)).toMatchObject({ verdict: 'same', made: null })
    source.put('b', blobOf(minutes('b', 9, 1)), place)
    expect(await verify(link)).toMatchObject({
      verdict: 'changed',
      made: null,
      blobs: [],
      reason: expect.stringContaining('not saved here'),
    })
  })

  it.each([
    ['another instance', 'two'],
    ['its own', 'one'],
  ])('is the same over a copy of the blobs in another place, to %s', async (_, data) => {
    for (const nic of NICS) source.put(nic, blobOf(minutes(nic, 3)), place)
    const link = await makeLink()
    await road.close()
    source = new MemorySource('memory:copy')
    await open(data)
    for (const nic of NICS) source.put(nic, blobOf(minutes(nic, 3)), place)
    expect(await verify(link)).toMatchObject({ verdict: 'same', blobs: [] })
    source.put('c', blobOf(minutes('c', 2)), place)
    expect(await verify(link)).toMatchObject({ verdict: 'changed' })
  })
})

describe('behind a link', () => {
  let link: Record<string, string>
  let before: EvidenceAnswer

  beforeEach(async () => {
    for (const nic of NICS) source.put(nic, blobOf(minutes(nic, 10)), place)
    link = await makeLink()
    before = await verify(link)
    expect(before).toMatchObject({ verdict: 'same', before: { blobs: 3, tuples: 270 }, now: { blobs: 3, tuples: 270 } })
  })

  it('names a blob that was replaced by one of the same length', async () => {
    const text = blobOf(minutes('b', 10))
    const at = text.lastIndexOf(',443,T,O,A,')
    const other = `${text.slice(0, at)},444${text.slice(at + 4)}`
    expect([other.length, other === text]).toEqual([text.length, false])
    source.put('b', other, place)
    const { verdict, blobs } = await verify(link)
    expect(verdict).toBe('changed')
    expect(blobs).toMatchObject([
      { blob: 'b', what: 'changed', bytesKept: false, before: { rows: 90, length: text.length }, now: { rows: 90, length: text.length } },
    ])
    expect(blobs[0]!.now!.etag).not.toBe(blobs[0]!.before!.etag)
  })

  it('a restored blob is the same data, written since', async () => {
    source.put('b', blobOf(minutes('b', 10)), place)
    expect(await verify(link)).toMatchObject({ verdict: 'grown', blobs: [{ blob: 'b', what: 'grown' }] })
  })

  it('names a truncated blob with its lost rows', async () => {
    source.put('c', blobOf(minutes('c', 4)), place)
    expect(await verify(link)).toMatchObject({
      verdict: 'changed',
      now: { blobs: 3, tuples: 210 },
      blobs: [{ blob: 'c', what: 'changed', before: { rows: 90 }, now: { rows: 30 } }],
    })
  })

  it('a blob that has lost all rows of the view is changed, not missing', async () => {
    source.put('c', '{"records":[]}', place)
    expect((await verify(link)).blobs).toMatchObject([{ blob: 'c', what: 'changed', before: { rows: 90 }, now: { rows: 0 } }])
  })

  it('a deleted blob is missing, and one with earlier rows is new', async () => {
    source.held.delete('a')
    source.put('d', blobOf([record(H + 2 * MINUTE, 5)]), place)
    expect(await verify(link)).toMatchObject({
      verdict: 'changed',
      now: { blobs: 3, tuples: 185 },
      blobs: [
        { blob: 'a', what: 'missing', before: { rows: 90 }, now: null },
        { blob: 'd', what: 'new', before: null, now: { rows: 5 } },
      ],
    })
  })

  it('a blob that only holds later records changes nothing', async () => {
    source.put('d', blobOf([record(H + 30 * MINUTE, 5)]), place)
    expect(await verify(link)).toMatchObject({ verdict: 'same', blobs: [] })
  })

  it('an unreadable blob leaves the verdict open, and is never called missing', async () => {
    source.put('a', blobOf(minutes('a', 9)), place)
    expect(await verify(link, { wait: '0' })).toMatchObject({
      verdict: 'unknown',
      blobs: [],
      reason: '2 of 3 blobs of the range have been read',
    })
    source.down = new Problem('source', 'memory:one does not answer')
    expect(await verify(link)).toMatchObject({ verdict: 'unknown', blobs: [], reason: expect.stringContaining('does not answer') })
  })

  it('a proof of another view proves nothing', async () => {
    const { asof: _, ...unpinned } = link
    expect(await verify(unpinned)).toMatchObject({ verdict: 'unknown', reason: expect.stringContaining('no asof') })
    expect(await verify({ ...link, to: new Date(H + MINUTE).toISOString() })).toMatchObject({
      verdict: 'unknown',
      reason: expect.stringContaining('another range'),
    })
  })

  it('refuses a record that was tampered with', async () => {
    const file = join(dir, 'one', 'evidence', `${link.proof}.json`)
    const kept = JSON.parse(readFileSync(file, 'utf8')) as BasisRecord
    expect(kept.blobs.map(({ name, rows }) => [name, rows])).toEqual([
      ['a', 90],
      ['b', 90],
      ['c', 90],
    ])
    kept.blobs[0]!.rows--
    writeFileSync(file, JSON.stringify(kept))
    const response = await get(evidence, link)
    expect([response.status, ((await response.json()) as ErrorAnswer).error.message]).toEqual([500, expect.stringContaining('damaged')])
  })
})

describe('making a proof', () => {
  it('is saved once, however often it is made', async () => {
    source.put('a', blobOf(minutes('a', 5)), place)
    const link = await makeLink()
    const file = join(dir, 'one', 'evidence', `${link.proof}.json`)
    const first = readFileSync(file, 'utf8')
    source.put('a', blobOf(minutes('a', 6)), place)
    const { proof, ...view } = link
    expect(await makeLink(view)).toEqual(link)
    expect(readFileSync(file, 'utf8')).toBe(first)
    expect(readdirSync(join(dir, 'one', 'evidence'))).toEqual([`${proof}.json`])
  })

  it('is refused while part of the range cannot be read', async () => {
    source.put('a', blobOf(minutes('a', 5)), place)
    source.down = new Problem('source', 'memory:one does not answer')
    const response = await send(prove, 'POST', { body: { view: new URLSearchParams(range).toString() } })
    expect(response.status).toBe(502)
    expect(((await response.json()) as ErrorAnswer).error.message).toContain('does not answer')
  })

  it.each<[number, string, Parameters<typeof send>[2]]>([
    [403, 'another site', { body: { view: '' }, headers: { 'sec-fetch-site': 'cross-site' } }],
    [403, 'another site', { body: { view: '' }, headers: { origin: 'https://elsewhere.example' } }],
    [403, 'another site', { body: { view: '' }, headers: { origin: 'null' } }],
    [400, 'application/json', { body: { view: '' }, headers: { 'content-type': 'text/plain' } }],
    [400, 'not valid JSON', { body: '{' }],
    [400, 'at view', { body: { view: 1 } }],
    [400, 'colour', { body: { view: 'colour=red' } }],
    [400, 'FLOWLENS_LIMIT_BODY', { body: { view: 'x'.repeat(3_000_000) } }],
  ])('%s %s', async (status, says, request) => {
    const response = await send(prove, 'POST', request)
    expect([response.status, ((await response.json()) as ErrorAnswer).error.message]).toEqual([status, expect.stringContaining(says)])
  })

  it('reports a data directory that cannot be written', async () => {
    source.put('a', blobOf(minutes('a', 5)), place)
    writeFileSync(join(dir, 'file'), '')
    serve(road, Number.MAX_SAFE_INTEGER, join(dir, 'file'))
    const response = await send(prove, 'POST', { body: { view: new URLSearchParams(range).toString() } })
    expect([response.status, ((await response.json()) as ErrorAnswer).error.message]).toEqual([
      503,
      expect.stringContaining('cannot be written'),
    ])
  })
})
