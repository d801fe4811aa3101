import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { Problem } from '@/lib/flow/problem'
import { HOUR, MINUTE } from '@/lib/flow/time/bucket'
import { Road } from '@/lib/ingest/road/road'
import { openDuckdb } from '@/lib/store/duckdb/duckdb'
import type { Store } from '@/lib/store/store'
import { startHere } from '../test/here'
import { MemorySource } from '../test/memory-source'
import { expectProven } from '../test/proven'
import { blobOf, MAC, record, SCOPE } from '../test/records'

const H = Date.UTC(2024, 7, 12, 16)
const never = new AbortController().signal

let dir: string
let store: Store
let source: MemorySource
let road: Road
let now: number

beforeEach(async () => {
  now = H + 40 * MINUTE
  dir = mkdtempSync(join(tmpdir(), 'flowlens-proven-'))
  store = await openDuckdb(dir)
  source = new MemorySource()
  road = new Road(store, [source], { threads: 2, start: startHere, now: () => now })
})

afterEach(async () => {
  await road.close()
  rmSync(dir, { recursive: true, force: true })
})

function minutes(count: number, tuples = 10): string[] {
  return Array.from({ length: count }, (_, i) => record(H + i * MINUTE + 7000, tuples, i))
}

function put(name: string, records: readonly string[]): void {
  source.put(name, blobOf(records), { hour: H, mac: MAC, scope: SCOPE })
}

async function ask(signal = never): Promise<Record<string, number>> {
  await road.fetch(await road.survey({ from: H, to: H + HOUR }, never), signal)
  return expectProven(store, ({ name }) => source.held.get(name)!.bytes)
}

it('keeps one piece for each uninterrupted reading, however many batches its rows were stored in', async () => {
  put('many', minutes(10, 45_000))
  put('few', minutes(30))
  put('none', [])
  const stored: number[] = []
  const append = store.append.bind(store)
  store.append = (batch) => {
    stored.push(batch.pieces.length)
    return append(batch)
  }
  expect(await ask()).toEqual({ many: 1, few: 1, none: 0 })
  expect(stored.length).toBeGreaterThan(1)
})

it('adds a piece for the bytes appended to a blob', async () => {
  put('a', minutes(20))
  expect(await ask()).toEqual({ a: 1 })
  put('a', minutes(21))
  expect(await ask()).toEqual({ a: 2 })
  put('a', minutes(35))
  expect(await ask()).toEqual({ a: 3 })
})

it('starts again for a replaced blob, and forgets a deleted one', async () => {
  put('a', minutes(20))
  put('b', minutes(20))
  await ask()
  put('a', minutes(21))
  put('b', minutes(21))
  expect(await ask()).toEqual({ a: 2, b: 2 })
  put('a', minutes(30, 7))
  source.held.delete('b')
  expect(await ask()).toEqual({ a: 1 })
})

it('continues where a reading was cut off or aborted', async () => {
  source.chunkBytes = 8 * 1024
  put('a', minutes(40, 50))
  source.faults.set('a', () => {
    throw new Problem('source', 'a was cut off')
  })
  expect(await ask()).toEqual({ a: 1 })
  const partly = [...store.blobs().values()][0]!.resume
  now += MINUTE
  const leaving = new AbortController()
  source.beforeChunk = (_, from) => {
    if (from > 3 * partly) leaving.abort()
  }
  await expect(ask(leaving.signal)).rejects.toMatchObject({ kind: 'cancelled' })
  source.beforeChunk = () => {}
  expect(await ask()).toEqual({ a: expect.toSatisfy((count: number) => count === 2 || count === 3) })
  expect([...store.blobs().values()][0]).toMatchObject({ complete: true, tuples: 2000 })
})

it('keeps pieces after a restart', async () => {
  put('a', minutes(20))
  await ask()
  await road.close()
  store = await openDuckdb(dir)
  road = new Road(store, [source], { threads: 1, start: startHere, now: () => now })
  put('a', minutes(22))
  expect(await ask()).toEqual({ a: 2 })
})
