import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { Problem } from '@/lib/flow/problem'
import { HOUR, MINUTE } from '@/lib/flow/time/bucket'
import { openDuckdb } from '@/lib/store/duckdb/duckdb'
import { startHere } from '../test/here'
import { MemorySource } from '../test/memory-source'
import { blobOf, MAC, record, SCOPE } from '../test/records'
import { follow, type Poll } from './follow'
import { Road } from './road'

const H = Date.UTC(2024, 7, 12, 16)
const DAY = 24 * HOUR
const RECORDS = 10

let dir: string
let source: MemorySource
let road: Road
let time: number

function put(hour: number, minutes: number): void {
  const records = Array.from({ length: minutes }, (_, i) => record(hour + i * MINUTE + 7000, RECORDS, i))
  source.put(`hour ${hour}`, blobOf(records), { hour, mac: MAC, scope: SCOPE })
}

async function open(): Promise<Road> {
  return new Road(await openDuckdb(join(dir, 'data')), [source], { threads: 1, start: startHere, now: () => time })
}

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'flowlens-follow-'))
  source = new MemorySource()
  time = H + 30 * MINUTE
  road = await open()
})

afterEach(async () => {
  await road.close()
  rmSync(dir, { recursive: true, force: true })
})

/** Polls that many times, each time after `change`. */
async function looks(
  count: number,
  change: (number: number) => void = () => {},
): Promise<Awaited<Poll | { at: number; problem: Problem }>[]> {
  const stop = new AbortController()
  const all = []
  change(0)
  for await (const look of follow(road, { since: H - DAY, every: 0, wholeEach: 100, now: () => time }, stop.signal)) {
    all.push(look)
    if (all.length === count) stop.abort()
    else change(all.length)
  }
  return all
}

it('reads existing data, then new data, and reports the lag', async () => {
  const seen = await looks(3, (number) => {
    if (number === 0) for (const hour of [H - HOUR, H]) put(hour, 30)
    if (number === 1) time += MINUTE
    if (number === 1) put(H, 31)
  })
  expect(seen[0]).toMatchObject({ from: H - DAY, blobs: 2, missing: 0, failed: 0, tuples: 600, lag: 30 * MINUTE - 29 * MINUTE - 7000 })
  expect(seen[1]).toMatchObject({ tuples: 10, missing: 0, newest: H + 30 * MINUTE + 7000 })
  expect(seen[2]).toMatchObject({ tuples: 0, bytes: 0 })
  expect((seen[2] as Poll).from).toBeGreaterThan(H - 3 * HOUR)
})

it('continues where an earlier run was stopped', async () => {
  put(H, 30)
  await looks(1)
  await road.close()
  road = await open()
  const opens = source.opens.length
  expect(await looks(1)).toMatchObject([{ blobs: 1, tuples: 0, bytes: 0, missing: 0 }])
  expect(source.opens.length).toBe(opens)
})

it('reports what it could not read, and tries it again', async () => {
  put(H - 20 * HOUR, 5)
  source.chunkBytes = 200
  source.faults.set(`hour ${H - 20 * HOUR}`, () => {
    throw new Problem('source', 'Storage failed')
  })
  const seen = await looks(2, (number) => {
    time += number * MINUTE
  })
  expect([...road.store.blobs().values()]).toMatchObject([{ complete: true, tuples: 50 }])
  expect(seen).toMatchObject([{ missing: 1 }, { from: H - DAY, missing: 0 }])
})
