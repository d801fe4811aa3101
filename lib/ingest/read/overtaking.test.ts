import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { DAY, HOUR } from '@/lib/flow/time/bucket'
import { Road } from '@/lib/ingest/road/road'
import { openDuckdb } from '@/lib/store/duckdb/duckdb'
import { startHere } from '../test/here'
import { MemorySource } from '../test/memory-source'
import { blobOf, MAC, record, SCOPE } from '../test/records'

const H = Date.UTC(2024, 7, 12)
/** Number of blobs read in parallel. */
const READERS = 16

let dir: string
let source: MemorySource
let road: Road
let release: () => void
const leaving: AbortController[] = []

/** Two days of hour blobs that return no byte before `release`. */
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'flowlens-overtaking-'))
  source = new MemorySource()
  const gate = new Promise<void>((resolve) => {
    release = resolve
  })
  source.beforeChunk = () => gate
  for (let hour = 0; hour < 48; hour++)
    source.put(String(hour), blobOf([record(H + hour * HOUR + 7000, 3)]), { hour: H + hour * HOUR, mac: MAC, scope: SCOPE })
  road = new Road(await openDuckdb(dir), [source], { threads: 1, readers: READERS, start: startHere, now: () => H + 4 * DAY })
})

afterEach(async () => {
  release()
  for (const controller of leaving.splice(0)) controller.abort()
  await road.close()
  rmSync(dir, { recursive: true, force: true })
})

/** Requests hours [first, last) of the two days, and resolves once the request is queued; `leave` stops waiting. */
async function ask(first: number, last: number): Promise<{ done: Promise<string>; leave: () => void }> {
  const controller = new AbortController()
  leaving.push(controller)
  const survey = await road.survey({ from: H + first * HOUR, to: H + last * HOUR }, controller.signal)
  const done = road.fetch(survey, controller.signal).then(
    () => 'done',
    (error: { kind: string }) => error.kind,
  )
  await Promise.resolve()
  return { done, leave: () => controller.abort() }
}

const hours = (names: readonly string[]) => names.map(Number)

it('reads a narrow range before the rest of a wide one', async () => {
  const wide = await ask(0, 48)
  await vi.waitFor(() => expect(source.opens).toHaveLength(READERS))
  const narrow = await ask(3, 6)
  release()
  expect(await narrow.done).toBe('done')
  expect(await wide.done).toBe('done')
  // The head of the hour after the range belongs to it.
  expect(hours(source.opens.slice(READERS, READERS + 4))).toEqual([6, 5, 4, 3])
  expect(hours(source.opens.slice(READERS + 4, READERS + 6))).toEqual([31, 30])
  expect(source.opens).toHaveLength(48)
})

it('does not let a later wide range delay a narrow one', async () => {
  const first = await ask(24, 48)
  await vi.waitFor(() => expect(source.opens).toHaveLength(READERS))
  const narrow = await ask(0, 3)
  const wide = await ask(0, 24)
  release()
  expect(await Promise.all([narrow.done, wide.done, first.done])).toEqual(['done', 'done', 'done'])
  expect(hours(source.opens.slice(READERS, READERS + 4))).toEqual([3, 2, 1, 0])
})

it('returns to the order of the wide range when the narrow request is aborted', async () => {
  const wide = await ask(0, 48)
  await vi.waitFor(() => expect(source.opens).toHaveLength(READERS))
  const narrow = await ask(3, 6)
  narrow.leave()
  expect(await narrow.done).toBe('cancelled')
  release()
  expect(await wide.done).toBe('done')
  expect(hours(source.opens.slice(READERS))).toEqual(Array.from({ length: 32 }, (_, i) => 31 - i))
})
