import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { HOUR, MINUTE } from '@/lib/flow/time/bucket'
import { Road } from '@/lib/ingest/road/road'
import { openDuckdb } from '@/lib/store/duckdb/duckdb'
import { startHere } from '../test/here'
import { MemorySource } from '../test/memory-source'
import { MAC, record, SCOPE } from '../test/records'

const H = Date.UTC(2024, 7, 12, 16)
const never = new AbortController().signal

let dir: string
let source: MemorySource
let road: Road
let now: number

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'flowlens-plan-'))
  source = new MemorySource()
  now = H + 24 * HOUR
  road = new Road(await openDuckdb(dir), [source], { threads: 1, start: startHere, now: () => now })
})

afterEach(async () => {
  await road.close()
  rmSync(dir, { recursive: true, force: true })
})

/** An hour blob in blocks as Azure commits them: the given number of tuples in each of these minutes. */
function put(name: string, hour: number, minutes: readonly number[], tuples: (minute: number) => number): void {
  const data = minutes.map((minute, i) => (i === 0 ? '' : ',') + record(hour + minute * MINUTE + 7000, tuples(minute), minute))
  const blocks = ['{"records":[', ...data, ']}']
  source.put(name, blocks.join(''), { hour, mac: MAC, scope: SCOPE })
  source.blocks.set(
    name,
    blocks.map(({ length }) => length),
  )
}

/** The bytes that the plan announces for [from, to), and the bytes then read. */
async function plannedAndRead(from: number, to: number): Promise<[planned: number, read: number]> {
  const survey = await road.survey({ from, to }, never)
  await road.measure(survey, never)
  const { bytes, bytesRead } = road.progress(survey)
  const before = source.bytesRead
  await road.fetch(survey, never)
  const after = road.progress(survey)
  expect(after).toMatchObject({ blobs: survey.needs.length, blobsRead: survey.needs.length, bytes: after.bytesRead })
  return [bytes - bytesRead, source.bytesRead - before]
}

const every = Array.from({ length: 60 }, (_, i) => i)

it('announces exactly the bytes that are then read: whole blobs, heads, and the rest of heads', async () => {
  put('a', H, every, () => 100)
  put('steady', H + HOUR, every, () => 100)
  put('burst', H + HOUR, every, (minute) => (minute < 14 ? 400 : 10))
  put('sparse', H + HOUR, [0, 25, 50], () => 2000)
  put('small', H + HOUR, [3, 4, 5], () => 30)
  const [head, headRead] = await plannedAndRead(H, H + HOUR)
  expect(headRead).toBe(head)
  const whole = [...source.held.values()].reduce((sum, { bytes }) => sum + bytes.length, 0)
  expect(head).toBeLessThan(whole)
  const [rest, restRead] = await plannedAndRead(H + HOUR, H + 2 * HOUR)
  expect(restRead).toBe(rest)
  expect(head + rest).toBe(whole)
})

it('announces the bytes that were appended since a blob was read', async () => {
  now = H + 40 * MINUTE
  put('a', H, every.slice(0, 38), () => 100)
  await plannedAndRead(H, H + HOUR)
  now = H + 45 * MINUTE
  put('a', H, every.slice(0, 43), () => 100)
  const [planned, read] = await plannedAndRead(H, H + HOUR)
  expect(read).toBe(planned)
  expect(read).toBeLessThan(6 * record(H, 100).length)
})

it('continues if a head without blocks was estimated too short', async () => {
  put('burst', H + HOUR, every, (minute) => (minute < 14 ? 400 : 10))
  source.blocks.clear()
  const [planned, read] = await plannedAndRead(H, H + HOUR)
  expect(read).toBeGreaterThan(planned)
  const { needs } = await road.survey({ from: H, to: H + HOUR }, never)
  expect(road.store.blobs().get(needs[0]!.blob.id)!.through).toBeGreaterThanOrEqual(needs[0]!.until!)
})
