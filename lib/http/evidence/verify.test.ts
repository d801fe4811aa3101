import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { VerifyAnswer } from '@/lib/flow/answer/evidence/verify'
import type { RawAnswer } from '@/lib/flow/answer/tuples/raw'
import type { TuplesAnswer } from '@/lib/flow/answer/tuples/tuples'
import { HOUR, MINUTE } from '@/lib/flow/time/bucket'
import { parseTupleId } from '@/lib/flow/tuple/tuple'
import { tuples } from '@/lib/http/ask/questions'
import { raw } from '@/lib/http/ask/raw'
import { Road } from '@/lib/ingest/road/road'
import { startHere } from '@/lib/ingest/test/here'
import { MemorySource } from '@/lib/ingest/test/memory-source'
import { blobOf, MAC, record, SCOPE } from '@/lib/ingest/test/records'
import { openDuckdb } from '@/lib/store/duckdb/duckdb'
import { get, serve } from '../test/serve'
import { verify } from './verify'

const H = Date.UTC(2024, 7, 12, 16)
const RANGE = { from: new Date(H).toISOString(), to: new Date(H + HOUR).toISOString() }

let dir: string
let source: MemorySource
let road: Road

const minutes = (count: number) => Array.from({ length: count }, (_, i) => record(H + i * MINUTE + 67_000, 20, i))
const whole = blobOf(minutes(40))

function put(name: string, text: string): void {
  source.put(name, text, { hour: H, mac: MAC, scope: SCOPE })
}

async function check(keys: Record<string, string> = {}): Promise<VerifyAnswer> {
  const response = await get(verify, { ...RANGE, ...keys })
  expect(response.status).toBe(200)
  return (await response.json()) as VerifyAnswer
}

async function counted(): Promise<TuplesAnswer['rows']> {
  return ((await (await get(tuples, { ...RANGE, limit: '10000', sort: 'id' })).json()) as TuplesAnswer).rows
}

/** Returns the text at a row's byte. */
const lineAt = (text: string, offset: number) => text.slice(offset, text.indexOf('"', offset))

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'flowlens-verify-'))
  source = new MemorySource()
  road = new Road(await openDuckdb(dir), [source], { threads: 2, start: startHere, now: () => H + 50 * MINUTE })
  serve(road)
  for (const name of ['still', 'grown', 'altered', 'short', 'lost']) put(name, whole)
})

afterEach(async () => {
  await road.close()
  rmSync(dir, { recursive: true, force: true })
})

/** Changes one figure of a line and the rule of one record, keeping their lengths. */
function alter(text: string): string {
  const line = text.indexOf(',443,T,O,A,E,', text.length / 3)
  const rule = text.indexOf('UserRule_Out', (text.length * 2) / 3)
  return `${text.slice(0, line)},444,T,O,A,E,${text.slice(line + 13, rule)}UserRule_Not${text.slice(rule + 12)}`
}

function befall(): void {
  put('grown', blobOf([...minutes(40), record(H + 45 * MINUTE, 5)]))
  put('altered', alter(whole))
  put('short', blobOf(minutes(25)))
  source.held.delete('lost')
}

it('finds no differences if nothing has changed', async () => {
  const answer = await check({ pieces: '1' })
  expect(answer).toMatchObject({ rows: 4000, checked: 1000, matches: 1000, differences: [], gone: [], changed: [], failed: [] })
  expect(answer.pieces).toEqual({ blobs: 5, pieces: 5, matches: 5, differences: [] })
  expect(answer.bytesRead).toBeGreaterThanOrEqual(5 * (whole.length - 2))
})

it('agrees with a plain comparison of the bytes for every row, after blobs were replaced, cut, deleted and grown', async () => {
  const rows = await counted()
  befall()
  const answer = await check({ rows: '10000' })
  const names = new Map([...road.store.blobs().values()].map(({ id, name }) => [id, name]))
  const expected = rows.map(({ id }) => {
    const { blob, offset } = parseTupleId(id)!
    const name = names.get(blob)!
    const held = source.held.get(name)
    if (!held) return { id, name, fate: 'gone' }
    const text = new TextDecoder().decode(held.bytes)
    if (offset >= text.length - 2) return { id, name, fate: 'missing' }
    // The record's rule, the only other change, comes before its lines.
    const rule = (all: string) => all.slice(all.lastIndexOf('"rule":"', offset), all.lastIndexOf('"rule":"', offset) + 20)
    const same = lineAt(text, offset) === lineAt(whole, offset) && rule(text) === rule(whole)
    return { id, name, fate: same ? 'same' : 'different' }
  })
  const having = (fate: string) => expected.filter((one) => one.fate === fate)
  expect(having('different')).toHaveLength(21)
  expect(having('missing')).toHaveLength(15 * 20)
  expect(answer).toMatchObject({ rows: 4000, checked: 4000, matches: having('same').length })
  for (const why of ['different', 'missing'])
    expect(
      answer.differences
        .filter((one) => one.why === why)
        .map(({ id }) => id)
        .sort(),
    ).toEqual(
      having(why)
        .map(({ id }) => id)
        .sort(),
    )
  const fields = answer.differences.filter(({ why }) => why === 'different').map((one) => one.fields.join())
  expect(fields.filter((some) => some === 'dport')).toHaveLength(1)
  expect(fields.filter((some) => some === 'rule')).toHaveLength(20)
  expect(answer.gone).toEqual([{ source: source.id, blob: 'lost', rows: 800 }])
  const fates = answer.changed.map(({ blob, fate, rows }) => [blob, fate, rows]).sort()
  expect(fates).toEqual([
    ['altered', 'replaced', 800],
    ['grown', 'grown', 800],
    ['short', 'replaced', 800],
  ])
})

it('names the pieces that differ from the counted ones', async () => {
  await counted()
  befall()
  const { pieces } = await check({ rows: '10', pieces: '1' })
  expect({ ...pieces, differences: pieces!.differences.map(({ blob, from, to }) => [blob, from, to]).sort() }).toEqual({
    blobs: 5,
    pieces: 5,
    matches: 2,
    differences: [
      ['altered', 0, whole.length - 2],
      ['lost', 0, whole.length - 2],
      ['short', 0, whole.length - 2],
    ],
  })
})

it('takes the same sample of the same rows, spread over them, and applies the filter', async () => {
  await counted()
  source.held.delete('still')
  const [first, second] = [await check({ rows: '500' }), await check({ rows: '500' })]
  expect(second.gone).toEqual(first.gone)
  expect(first.gone[0]!.rows).toBeGreaterThan(60)
  expect(first.gone[0]!.rows).toBeLessThan(140)
  expect(await check({ q: 'dport:22' })).toMatchObject({ rows: 0, checked: 0 })
})

it('reads neighbouring records in one request, and only a small part of the bytes for a few rows', async () => {
  const big = blobOf(Array.from({ length: 55 }, (_, i) => record(H + i * MINUTE + 7_000, 900, i)))
  for (const name of [...source.held.keys()]) source.held.delete(name)
  put('big', big)
  await counted()
  expect((await check({ rows: '3' })).bytesRead).toBeLessThan(big.length / 4)
  const all = await check({ rows: '10000' })
  expect(all).toMatchObject({ checked: 10_000, matches: 10_000 })
  expect(all.bytesRead).toBeLessThan(big.length * 1.2)
})

it('stops when the client disconnects', async () => {
  await counted()
  const leaving = new AbortController()
  source.beforeChunk = () => leaving.abort()
  const { bytesRead } = source
  const request = new Request(`http://localhost/?${new URLSearchParams({ ...RANGE, pieces: '1' })}`, { signal: leaving.signal })
  expect((await verify(request, { params: Promise.resolve({}) })).status).toBe(499)
  expect(source.bytesRead).toBe(bytesRead)
})

it('reports its progress to clients that request events', async () => {
  const request = new Request(`http://localhost/?${new URLSearchParams(RANGE)}`, { headers: { accept: 'text/event-stream' } })
  const text = await (await verify(request, { params: Promise.resolve({}) })).text()
  expect(text).toMatch(/^event: progress\n/)
  expect(text).toMatch(/event: done\ndata: \{.*"matches":1000,.*\}\n\n$/)
})

it('verifies one tuple, and reports a deleted blob', async () => {
  const rows = await counted()
  const names = new Map([...road.store.blobs().values()].map(({ id, name }) => [id, name]))
  const of = (name: string, at = 0) => rows.filter(({ id }) => names.get(parseTupleId(id)!.blob) === name).at(at)!
  befall()
  const judged = async (id: string) => {
    const response = await get(raw, {}, { id })
    expect(response.status).toBe(200)
    return (await response.json()) as RawAnswer
  }
  expect(await judged(of('still').id)).toMatchObject({ verdict: { line: 'same', fields: [], blob: 'same' } })
  expect(await judged(of('grown').id)).toMatchObject({ verdict: { line: 'same', fields: [], blob: 'grown' } })
  expect(await judged(of('altered').id)).toMatchObject({ verdict: { line: 'same', blob: 'replaced' } })
  const missing = rows.filter(({ id }) => names.get(parseTupleId(id)!.blob) === 'short' && parseTupleId(id)!.offset > whole.length * 0.9)
  expect(await judged(missing[0]!.id)).toMatchObject({ line: null, verdict: { line: 'missing', fields: [], blob: 'replaced' } })
  expect(await judged(of('lost').id)).toMatchObject({ line: null, etagNow: null, verdict: { line: 'gone', fields: [], blob: 'gone' } })
})
