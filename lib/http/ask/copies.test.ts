import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CountersAnswer } from '@/lib/flow/answer/traffic/counters'
import type { RawAnswer } from '@/lib/flow/answer/tuples/raw'
import type { TuplesAnswer } from '@/lib/flow/answer/tuples/tuples'
import { HOUR, MINUTE } from '@/lib/flow/time/bucket'
import { Road } from '@/lib/ingest/road/road'
import { startHere } from '@/lib/ingest/test/here'
import { MemorySource } from '@/lib/ingest/test/memory-source'
import { blobOf, MAC, record, SCOPE } from '@/lib/ingest/test/records'
import { openDuckdb } from '@/lib/store/duckdb/duckdb'
import { get, serve } from '../test/serve'
import { counters, tuples } from './questions'
import { raw } from './raw'

const H = Date.UTC(2026, 0, 1, 9)
const ROWS = 5
const records = Array.from({ length: 10 }, (_, i) => record(H + (i + 1) * MINUTE, ROWS, i))
const range = { from: new Date(H).toISOString(), to: new Date(H + HOUR).toISOString() }

let dir: string
let road: Road

/** The content of each file, made of the ten records of the hour. */
const FILES: Readonly<Record<string, string>> = {
  'PT1H.json': blobOf(records),
  'PT1H (1).json': blobOf(records),
  'at-0903/PT1H.json': blobOf(records.slice(0, 3)),
  'twice.json': blobOf([record(H + 30 * MINUTE + 500, ROWS, 99), record(H + 30 * MINUTE + 500, ROWS, 99)]),
}
const COPIES = (10 + 3 + 1) * ROWS
const ALL = (10 + 10 + 3 + 2) * ROWS

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'flowlens-copies-'))
  const source = new MemorySource()
  source.put('in-tree', blobOf(records), { hour: H, mac: MAC, scope: SCOPE })
  for (const [name, text] of Object.entries(FILES)) source.put(name, text)
  road = new Road(await openDuckdb(dir), [source], { threads: 1, start: startHere, now: () => H + 24 * HOUR })
  serve(road)
})

afterAll(async () => {
  await road.close()
  rmSync(dir, { recursive: true, force: true })
})

async function ask<T>(
  handler: Parameters<typeof get>[0],
  keys: Record<string, string> = {},
  path: Record<string, string> = {},
): Promise<T> {
  const response = await get(handler, keys, path)
  expect(response.status).toBe(200)
  return (await response.json()) as T
}

describe('records that are stored more than once', () => {
  it('are counted in rows and blobs', async () => {
    const { tuples: all, copies, repeated } = await ask<CountersAnswer>(counters, range)
    expect(all).toBe(ALL + 10 * ROWS)
    expect({ rows: copies.rows, repeated: repeated.rows }).toEqual({ rows: COPIES + 10 * ROWS, repeated: 0 })
    expect(copies.bytes).toBeGreaterThan(0)
    expect(copies.blobs).toBe(4)
  })

  it('are deduplicated with once=1', async () => {
    const { tuples: all, bytes } = await ask<CountersAnswer>(counters, { ...range, once: '1' })
    const twice = await ask<CountersAnswer>(counters, range)
    expect(all).toBe(11 * ROWS)
    expect(bytes).toBe(twice.bytes - twice.copies.bytes)
  })

  it('stay visible, each with the places of the others', async () => {
    const { rows, total } = await ask<TuplesAnswer>(tuples, { ...range, limit: '1000' })
    expect(total).toBe(ALL + 10 * ROWS)
    const first = rows.filter(({ recordTime }) => Date.parse(recordTime) === H + MINUTE)
    const { copies, blob } = await ask<RawAnswer>(raw, {}, { id: first[0]!.id })
    expect([blob, ...copies.map((copy) => copy.blob)].sort()).toEqual(['PT1H (1).json', 'PT1H.json', 'at-0903/PT1H.json', 'in-tree'])
    const twice = rows.find(({ recordTime }) => Date.parse(recordTime) === H + 30 * MINUTE + 500)!
    const own = await ask<RawAnswer>(raw, {}, { id: twice.id })
    expect(own.copies.map((copy) => copy.blob)).toEqual(['twice.json'])
    expect(own.copies[0]!.offset).not.toBe(own.record.offset)
  })
})
