import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { LogsAnswer } from '@/lib/flow/answer/read/logs'
import type { Plan, PlanAnswer } from '@/lib/flow/answer/read/plan'
import type { TimelineAnswer } from '@/lib/flow/answer/traffic/timeline'
import { HOUR, MINUTE } from '@/lib/flow/time/bucket'
import { Road } from '@/lib/ingest/road/road'
import { startHere } from '@/lib/ingest/test/here'
import { MemorySource } from '@/lib/ingest/test/memory-source'
import { blobOf, MAC, record, SCOPE } from '@/lib/ingest/test/records'
import { openDuckdb } from '@/lib/store/duckdb/duckdb'
import { get, serve } from '../test/serve'
import { load } from './load'
import { logs } from './logs'
import { plan, timeline } from './questions'

const H = Date.UTC(2024, 7, 12, 16)
const hourText = blobOf(Array.from({ length: 60 }, (_, i) => record(H + i * MINUTE + 7000, 20, i)))
const range = { from: new Date(H).toISOString(), to: new Date(H + HOUR).toISOString() }

let dir: string
let source: MemorySource
let road: Road

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'flowlens-ask-'))
  source = new MemorySource()
  road = new Road(await openDuckdb(dir), [source], { threads: 1, start: startHere, now: () => H + 24 * HOUR })
})

afterEach(async () => {
  await road.close()
  rmSync(dir, { recursive: true, force: true })
})

/** Returns the names of a load's events in order, without progress, and their data by name. */
async function events(keys: Record<string, string>): Promise<{ names: string[]; data: Record<string, unknown> }> {
  const text = await (await get(load, keys)).text()
  const all = text
    .trim()
    .split('\n\n')
    .map((event) => /^event: (\w+)\ndata: (.*)$/.exec(event)!.slice(1) as [string, string])
    .filter(([name]) => name !== 'progress')
  return { names: all.map(([name]) => name), data: Object.fromEntries(all.map(([name, data]) => [name, JSON.parse(data)])) }
}

async function ask<T>(handler: Parameters<typeof get>[0], keys: Record<string, string> = {}): Promise<T> {
  const response = await get(handler, keys)
  expect(response.status).toBe(200)
  return (await response.json()) as T
}

describe('a range that would read more than the limit without confirmation', () => {
  beforeEach(() => {
    serve(road, hourText.length * 2 - 1)
    for (const name of ['a', 'b']) source.put(name, hourText, { hour: H, mac: MAC, scope: SCOPE })
  })

  it('is not read by a load with ask=1, which returns the plan', async () => {
    const { names, data } = await events({ ...range, ask: '1' })
    expect(names).toEqual(['view', 'ask'])
    const { estimateMs, ...rest } = data.ask as Plan
    expect(rest).toEqual({ blobs: 2, bytes: 2 * hourText.length, cachedBlobs: 0, cachedBytes: 0, askAbove: hourText.length * 2 - 1 })
    expect(estimateMs).toBeGreaterThan(0)
    expect(source.opens).toEqual([])
  })

  it('is read by a load without ask=1, and then needs no confirmation', async () => {
    expect((await events(range)).names).toEqual(['view', 'done'])
    expect(source.bytesRead).toBe(2 * hourText.length)
    expect((await events({ ...range, ask: '1' })).names).toEqual(['view', 'done'])
  })

  it('is read without confirmation if enough of it is stored', async () => {
    source.held.delete('b')
    await events(range)
    source.put('b', hourText, { hour: H, mac: MAC, scope: SCOPE })
    expect((await events({ ...range, ask: '1' })).names).toEqual(['view', 'done'])
  })
})

describe('loose files, whose times are unknown before they are read', () => {
  beforeEach(() => {
    serve(road, hourText.length)
    source.put('a', hourText, { hour: H, mac: MAC, scope: SCOPE })
    source.put('loose.json', hourText)
  })

  it('are not read for a plan, nor for a list of logs with wait=0', async () => {
    expect(await ask<PlanAnswer>(plan)).toMatchObject({
      blobs: 2,
      bytes: 2 * hourText.length,
      cachedBytes: 0,
      coverage: { complete: false },
    })
    expect((await ask<LogsAnswer>(logs, { wait: '0' })).logs).toHaveLength(1)
    expect((await ask<TimelineAnswer>(timeline, { wait: '0' })).coverage).toMatchObject({ blobsRead: 0, bytesRead: 0 })
    expect(source.opens).toEqual([])
  })

  it('need confirmation to find the newest day', async () => {
    expect((await events({ ask: '1' })).names).toEqual(['view', 'ask'])
    expect(source.opens).toEqual([])
  })

  it('are read without confirmation if they are few, and determine the newest day', async () => {
    source.held.delete('a')
    source.put('loose.json', blobOf([record(H + 40 * 24 * HOUR + 30 * MINUTE, 5)]))
    const { names, data } = await events({ ask: '1' })
    expect(names).toEqual(['view', 'done'])
    expect(data.view).toMatchObject({ to: new Date(H + (40 * 24 + 1) * HOUR).toISOString() })
    expect(source.opens).toEqual(['loose.json'])
  })

  it('determine the newest day if another request reads them in the meantime', async () => {
    source.put('loose.json', blobOf([record(H + 10 * HOUR + 30 * MINUTE, 5)]))
    const { survey } = road
    vi.spyOn(road, 'survey').mockImplementationOnce(async (view, signal) => {
      await road.newest(signal, true)
      return survey.call(road, view, signal)
    })
    const { names, data } = await events({ ask: '1' })
    expect(names).toEqual(['view', 'done'])
    expect(data.view).toMatchObject({ to: new Date(H + 11 * HOUR).toISOString() })
  })

  it('are refused with an invalid wait', async () => {
    const response = await get(logs, { wait: 'no' })
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ error: { kind: 'ask', key: 'wait' } })
  })
})

it('estimates the time of the next load from earlier ones', async () => {
  serve(road)
  const put = (text: string) => {
    for (const name of ['a', 'b', 'c', 'd', 'e']) source.put(name, text, { hour: H, mac: MAC, scope: SCOPE })
  }
  put(hourText)
  source.beforeChunk = () => new Promise((resolve) => setTimeout(resolve, 600))
  const before = await ask<PlanAnswer>(plan, range)
  await ask(timeline, range)
  put(hourText.replace('10.0.0.1,', '10.0.0.9,'))
  const after = await ask<PlanAnswer>(plan, range)
  expect(after.bytes - after.cachedBytes).toBe(before.bytes)
  expect(after.estimateMs).toBeGreaterThan(before.estimateMs)
})
