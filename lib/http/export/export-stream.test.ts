import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate, setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { HOUR } from '@/lib/flow/time/bucket'
import { Road } from '@/lib/ingest/road/road'
import { startHere } from '@/lib/ingest/test/here'
import { MemorySource } from '@/lib/ingest/test/memory-source'
import { blobOf, MAC, record, SCOPE } from '@/lib/ingest/test/records'
import { openDuckdb } from '@/lib/store/duckdb/duckdb'
import { get, serve } from '../test/serve'
import { exportRows } from './export'

const FIRST = Date.UTC(2026, 7, 12, 0)
const BLOBS = 20
const ROWS = 300_000
/** Rows that one Parquet row group may buffer, and one chunk of the engine. */
const HELD = 55_000

let dir: string
let road: Road
/** Rows that the engine has returned, and its running queries. */
let given = 0
const underway = new Set<symbol>()

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'flowlens-stream-'))
  const source = new MemorySource()
  for (let i = 0; i < BLOBS; i++) {
    const hour = FIRST + i * HOUR
    const text = blobOf(Array.from({ length: 50 }, (_, minute) => record(hour + (minute + 1) * 60_000, ROWS / BLOBS / 50, i)))
    source.put(`${SCOPE}/${i}`, text, { hour, mac: MAC, scope: SCOPE })
  }
  const store = await openDuckdb(join(dir, 'data'))
  const stream = store.stream.bind(store)
  store.stream = async function* <Row>(...question: Parameters<typeof stream>) {
    const mine = Symbol('question')
    underway.add(mine)
    try {
      for await (const rows of stream<Row>(...question)) {
        given += rows.length
        yield rows
      }
    } finally {
      underway.delete(mine)
    }
  }
  road = new Road(store, [source], { threads: 1, start: startHere, now: () => FIRST + 30 * HOUR })
  serve(road, undefined, join(dir, 'data'))
  await ask({ wait: '1', cols: 'id', q: 'dport:1' })
})

afterAll(async () => {
  await road.close()
  rmSync(dir, { recursive: true, force: true })
})

const view = { from: new Date(FIRST - HOUR).toISOString(), to: new Date(FIRST + BLOBS * HOUR).toISOString() }

async function ask(keys: Record<string, string>): Promise<ReadableStreamDefaultReader<Uint8Array>> {
  const response = await get(exportRows, { ...view, ...keys })
  expect(response.status).toBe(200)
  return response.body!.getReader()
}

const staged = () => readdirSync(join(dir, 'data', 'staging'), { recursive: true })

/** Long enough for an unthrottled engine to run far ahead. Milliseconds. */
const STALL = 300
/** Rows that the engine returns at once: one chunk waits to be read, and one is being produced. */
const AHEAD = 3 * 2048

describe('an export of 300,000 rows', () => {
  beforeEach(() => {
    given = 0
  })

  it.each(['ndjson', 'csv'])('of %s is produced as it is read, and no further once the reader stops', async (format) => {
    const reader = await ask({ format, cols: 'src,offset' })
    const decoder = new TextDecoder()
    let lines = 0
    const read = async () => {
      const { value } = await reader.read()
      lines += decoder.decode(value).split('\n').length - 1
      expect(given - lines).toBeLessThanOrEqual(AHEAD)
    }
    while (lines < ROWS / 4) await read()
    await setTimeout(STALL)
    expect(given - lines).toBeLessThanOrEqual(AHEAD)
    while (lines < ROWS / 2) await read()
    expect(underway.size).toBe(1)
    await reader.cancel()
    expect(underway.size).toBe(0)
    expect(given).toBeLessThan(ROWS / 2 + 2 * AHEAD)
  })

  it('as Parquet buffers one row group', async () => {
    const reader = await ask({ format: 'parquet', cols: 'src,blob,offset' })
    for (let groups = 1; groups <= 3; groups++) {
      await reader.read()
      await setTimeout(STALL)
      expect(given).toBeLessThan((groups + 1) * HELD)
    }
    await reader.cancel()
    expect(underway.size).toBe(0)
  })

  it('as a folder leaves no files, whether cancelled while it is created or while it is sent', async () => {
    const early = await ask({ format: 'csv', cols: 'src', folder: '1' })
    for (let pieces = 0; pieces < 3; pieces++) await early.read()
    const next = early.read()
    while (given < ROWS / 10) await setImmediate()
    expect(staged()).not.toEqual([])
    await early.cancel()
    await next
    expect(underway.size).toBe(0)
    expect(staged()).toEqual([])
    const late = await ask({ format: 'csv', cols: 'src', q: 'src:10.0.0.1', folder: '1' })
    for (let pieces = 0; pieces < 10; pieces++) await late.read()
    expect(staged()).not.toEqual([])
    await late.cancel()
    expect(staged()).toEqual([])
  })
})
