import { EventEmitter } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Problem } from '@/lib/flow/problem'
import { HOUR, MINUTE } from '@/lib/flow/time/bucket'
import { KEPT } from '@/lib/ingest/read/retention'
import type { ParseThread } from '@/lib/ingest/threads/worker/thread'
import { sql } from '@/lib/store/sql'
import type { Store } from '@/lib/store/store'
import { ENGINES, openStore } from '@/lib/store/test/engines'
import { startHere } from '../test/here'
import { MemorySource } from '../test/memory-source'
import { blobOf, MAC, record, SCOPE } from '../test/records'
import { Road } from './road'

const H = Date.UTC(2024, 7, 12, 16)
const DAY_LATER = H + 24 * HOUR
const never = new AbortController().signal

let dir: string
let store: Store
let source: MemorySource
let road: Road

function hourBlob(hour: number, minutes: number, tuples = 10): string[] {
  return Array.from({ length: minutes }, (_, i) => record(hour + i * MINUTE + 7000, tuples, i))
}

async function rows(): Promise<{ n: number; pos: number }> {
  const [row] = await store.query<{ n: number; pos: number }>(
    sql`select count(*) as n, cast(coalesce(sum(pos), 0) as bigint) as pos from tuples`,
  )
  return row!
}

async function ask(from: number, to: number) {
  const survey = await road.survey({ from, to }, never)
  await road.fetch(survey, never)
  return road.coverage(survey)
}

describe.each(ENGINES)('on %s', (engine) => {
  beforeEach(async () => {
    dir = mkdtempSync(join(tmpdir(), 'flowlens-road-'))
    store = await openStore(engine, dir)
    source = new MemorySource()
    road = new Road(store, [source], { threads: 2, start: startHere, now: () => DAY_LATER })
  })

  afterEach(async () => {
    await road.close()
    rmSync(dir, { recursive: true, force: true })
  })

  const place = (hour: number) => ({ hour, mac: MAC, scope: SCOPE })

  describe('reading a range', () => {
    it('calls no answer complete whose query began before all was read, and has at least the tuples that it may count', async () => {
      source.put('a', blobOf(hourBlob(H, 3)), place(H))
      const survey = await road.survey({ from: H, to: H + HOUR }, never)
      const early = await road.covered(survey, async () => {
        const before = await rows()
        await road.fetch(survey, never)
        return [before.n, (await rows()).n]
      })
      expect(early).toMatchObject({ answer: [0, 30], coverage: { complete: false, blobsRead: 0, tuples: 30 } })
      const late = await road.covered(survey, async () => (await rows()).n)
      expect(late).toMatchObject({ answer: 30, coverage: { complete: true, blobsRead: 1, tuples: 30 } })
    })

    it('counts stored blobs of a vanished source, and is incomplete', async () => {
      source.put('a', blobOf(hourBlob(H, 3)), place(H))
      await ask(H, H + HOUR)
      source.down = new Problem('absent', 'Folder does not exist')
      const coverage = await ask(H, H + HOUR)
      expect((await rows()).n).toBe(30)
      expect(coverage).toMatchObject({ complete: false, blobs: 1, blobsRead: 1, tuples: 30 })
    })

    it('calls no answer complete whose rows were lost during the query', async () => {
      source.put('a', blobOf(hourBlob(H, 3)), place(H))
      await ask(H, H + HOUR)
      const survey = await road.survey({ from: H, to: H + HOUR }, never)
      const { coverage } = await road.covered(survey, () =>
        store.append({ parts: [], blobs: [], forget: [...store.blobs().keys()], pieces: [], groups: [], rejections: [] }),
      )
      expect(coverage).toMatchObject({ complete: false, blobsRead: 0 })
    })

    it('stores every tuple once, and does not read the source a second time', async () => {
      source.put('a', blobOf(hourBlob(H, 60)), place(H))
      source.put('b', blobOf(hourBlob(H + HOUR, 60)), place(H + HOUR))
      const coverage = await ask(H, H + HOUR)
      expect(coverage).toMatchObject({ complete: true, blobs: 2, blobsRead: 2, malformed: 0, problems: [] })
      expect((await rows()).n).toBe(1200)
      const { opens, bytesRead } = source
      expect(opens.sort()).toEqual(['a', 'b'])
      await ask(H, H + HOUR)
      expect(source.opens).toEqual(opens)
      expect(source.bytesRead).toBe(bytesRead)
    })

    it('reads only the head of the following hour, and the rest when needed', async () => {
      source.chunkBytes = 16 * 1024
      source.put('a', blobOf(hourBlob(H, 60, 100)), place(H))
      source.put('b', blobOf(hourBlob(H + HOUR, 60, 100)), place(H + HOUR))
      expect((await ask(H, H + HOUR)).complete).toBe(true)
      const head = store.blobs().get([...store.blobs().values()].find(({ name }) => name === 'b')!.id)!
      expect(head.complete).toBe(false)
      expect(head.tuples).toBeGreaterThanOrEqual(1000)
      expect(head.tuples).toBeLessThan(2500)
      const before = source.bytesRead
      expect((await ask(H + HOUR, H + 2 * HOUR)).complete).toBe(true)
      expect((await rows()).n).toBe(12_000)
      expect(source.bytesRead - before).toBe(head.length - head.resume)
    })

    it('reads only the bytes appended to a blob', async () => {
      const records = hourBlob(H, 30)
      const now = H + 31 * MINUTE
      road = new Road(store, [source], { threads: 1, start: startHere, now: () => now })
      source.put('a', blobOf(records), place(H))
      await ask(H, H + HOUR)
      const before = source.bytesRead
      const added = record(H + 31 * MINUTE, 25)
      source.put('a', blobOf([...records, added]), place(H))
      const coverage = await ask(H, H + HOUR)
      expect(coverage).toMatchObject({ complete: true, tuples: 325 })
      expect((await rows()).n).toBe(325)
      expect(source.bytesRead - before).toBe(added.length + ','.length + ']}'.length)
    })

    it('starts again for a replaced blob', async () => {
      source.put('a', blobOf(hourBlob(H, 30)), place(H))
      await ask(H, H + HOUR)
      source.put('a', blobOf(hourBlob(H, 20, 7)), place(H))
      expect(await ask(H, H + HOUR)).toMatchObject({ complete: true, tuples: 140 })
      expect((await rows()).n).toBe(140)
    })

    it('forgets a deleted blob', async () => {
      source.put('a', blobOf(hourBlob(H, 30)), place(H))
      source.put('b', blobOf(hourBlob(H, 3)), place(H))
      await ask(H, H + HOUR)
      source.held.delete('a')
      expect(await ask(H, H + HOUR)).toMatchObject({ blobs: 1, tuples: 30 })
      expect((await rows()).n).toBe(30)
    })

    it('keeps the rows before a cut, reports the cut, and continues from there', async () => {
      let now = DAY_LATER
      road = new Road(store, [source], { threads: 1, start: startHere, now: () => now })
      source.chunkBytes = 8 * 1024
      source.put('a', blobOf(hourBlob(H, 60, 50)), place(H))
      source.faults.set('a', () => {
        throw new Problem('source', 'a was cut off')
      })
      const cut = await ask(H, H + HOUR)
      expect(cut.complete).toBe(false)
      expect(cut.problems).toEqual([expect.objectContaining({ kind: 'blob', blob: 'a', message: 'a was cut off' })])
      now += 60_000
      expect(await ask(H, H + HOUR)).toMatchObject({ complete: true, tuples: 3000, problems: [] })
      const whole = await rows()
      const fresh = await openStore(engine, join(dir, 'other'))
      const other = new Road(fresh, [source], { threads: 1, start: startHere, now: () => now })
      await other.fetch(await other.survey({ from: H, to: H + HOUR }, never), never)
      expect((await fresh.query(sql`select count(*) as n, cast(sum(pos) as bigint) as pos from tuples`))[0]).toEqual(whole)
      await other.close()
    })

    it('reads a blob once for many simultaneous requests', async () => {
      for (let i = 0; i < 5; i++) source.put(`a${i}`, blobOf(hourBlob(H, 20)), place(H))
      await Promise.all(Array.from({ length: 8 }, () => ask(H, H + HOUR)))
      expect(source.opens.length).toBe(5)
      expect((await rows()).n).toBe(1000)
    })

    it('stops when no request waits any more, without losing rows', async () => {
      source.chunkBytes = 4096
      source.put('a', blobOf(hourBlob(H, 60, 50)), place(H))
      const one = new AbortController()
      source.beforeChunk = (_, from) => {
        if (from > 20_000) one.abort()
      }
      const survey = await road.survey({ from: H, to: H + HOUR }, never)
      await expect(road.fetch(survey, one.signal)).rejects.toMatchObject({ kind: 'cancelled' })
      source.beforeChunk = () => {}
      expect(await ask(H, H + HOUR)).toMatchObject({ complete: true, tuples: 3000 })
      expect((await rows()).n).toBe(3000)
    })

    it('reopens a blob that changes during the read', async () => {
      source.chunkBytes = 8 * 1024
      const records = hourBlob(H, 40, 30)
      source.put('a', blobOf(records), place(H))
      let changes = 0
      source.beforeChunk = (_, from) => {
        if (from > 0 && changes++ === 0) source.put('a', blobOf([...records, record(H + 50 * MINUTE, 11)]), place(H))
      }
      expect(await ask(H, H + HOUR)).toMatchObject({ complete: true, tuples: 1211 })
      expect((await rows()).n).toBe(1211)
    })
  })

  describe('a parse thread that dies', () => {
    it('leaves what it had to a new thread', async () => {
      const dying = (): ParseThread => {
        const thread = new EventEmitter()
        setImmediate(() => thread.emit('error', new Error('out of memory')))
        return Object.assign(thread, { postMessage: () => {}, terminate: async () => {}, unref: () => {} })
      }
      let threads = 0
      road = new Road(store, [source], { threads: 1, start: () => (threads++ === 0 ? dying() : startHere()), now: () => DAY_LATER })
      source.put('a', blobOf(hourBlob(H, 10)), place(H))
      expect(await ask(H, H + HOUR)).toMatchObject({ complete: true, tuples: 100 })
      expect(threads).toBe(2)
    })
  })

  describe('a store that temporarily cannot take rows', () => {
    it('does not delay the next attempt, because the blob is not at fault', async () => {
      source.put('a', blobOf(hourBlob(H, 3)), place(H))
      const append = store.append.bind(store)
      store.append = () => Promise.reject(new Problem('busy', 'Rows could not be stored: no space is left', { retryAfter: 5 }))
      await expect(ask(H, H + HOUR)).rejects.toMatchObject({ kind: 'busy' })
      store.append = append
      expect(await ask(H, H + HOUR)).toMatchObject({ complete: true, tuples: 30 })
    })
  })

  describe('several sources', () => {
    it('answers from those that work, and names the failed one', async () => {
      const broken = new MemorySource('memory:two')
      broken.down = new Problem('source', 'memory:two does not answer')
      road = new Road(store, [source, broken], { threads: 1, start: startHere, now: () => DAY_LATER })
      source.put('a', blobOf(hourBlob(H, 10)), place(H))
      const coverage = await ask(H, H + HOUR)
      expect(coverage).toMatchObject({ complete: false, blobs: 1, blobsRead: 1, tuples: 100 })
      expect(coverage.problems).toEqual([
        expect.objectContaining({ kind: 'source', source: 'memory:two', message: 'memory:two does not answer' }),
      ])
    })
  })

  describe('a source that does not answer', () => {
    it('delays a query, but not a probe', async () => {
      const silent = new MemorySource('memory:silent')
      silent.extents = () => new Promise(() => {})
      road = new Road(store, [source, silent], { threads: 1, start: startHere, now: () => DAY_LATER })
      source.put('a', blobOf(hourBlob(H, 1)), place(H))
      const { extents, failed } = await road.extents(never, 20)
      expect(extents).toHaveLength(1)
      expect(failed).toEqual([{ source: silent, problem: expect.objectContaining({ kind: 'slow' }) }])
    })
  })

  describe('rejected content', () => {
    it('is counted with its blob, reason and offset', async () => {
      const good = record(H + 7000, 3)
      const text = blobOf([
        good,
        good.replace('NetworkSecurityGroupFlowEvent', 'SomethingElse'),
        good.replace('"10.0.0.0,', '"10.0.0.999,'),
      ])
      source.put('a', text.replace(',10.0.0.1,', ',10.0.0.777,'), place(H))
      const coverage = await ask(H, H + HOUR)
      expect(coverage.malformed).toBe(2)
      expect(coverage.tuples).toBe(5)
      expect(coverage.problems.map(({ kind, reason, blob }) => ({ kind, reason, blob }))).toEqual([
        { kind: 'record', reason: 'category', blob: 'a' },
        { kind: 'tuple', reason: 'address', blob: 'a' },
      ])
    })

    it('drops the rejection of a cut record once the rest of it has arrived', async () => {
      const now = H + 10 * MINUTE
      road = new Road(store, [source], { threads: 1, start: startHere, now: () => now })
      const text = blobOf([record(H + 7000, 3), record(H + 67_000, 4)])
      source.put('a', text.slice(0, -100), place(H))
      expect(await ask(H, H + HOUR)).toMatchObject({ tuples: 3, malformed: 1 })
      source.put('a', text, place(H))
      expect(await ask(H, H + HOUR)).toMatchObject({ tuples: 7, malformed: 0, problems: [] })
    })
  })

  describe('a restart', () => {
    it('keeps what was read', async () => {
      source.put('a', blobOf(hourBlob(H, 60)), place(H))
      await ask(H, H + HOUR)
      await road.close()
      store = await openStore(engine, dir)
      road = new Road(store, [source], { threads: 1, start: startHere, now: () => DAY_LATER })
      const { bytesRead } = source
      expect(await ask(H, H + HOUR)).toMatchObject({ complete: true, tuples: 600 })
      expect(source.bytesRead).toBe(bytesRead)
    })
  })

  it("limits the store's size: deletes the least recently requested blobs, and reads them again on demand", async () => {
    await road.close()
    let now = DAY_LATER
    store = await openStore(engine, dir)
    road = new Road(store, [source], { threads: 2, start: startHere, now: () => now, limit: 1 })
    const hours = [H, H + HOUR, H + 2 * HOUR]
    for (const hour of hours) source.put(`${hour}`, blobOf(hourBlob(hour, 60)), place(hour))
    expect(await ask(H, H + HOUR - 11 * MINUTE)).toMatchObject({ complete: true, tuples: 600 })
    now += KEPT
    expect(await ask(H + HOUR, H + 2 * HOUR - 11 * MINUTE)).toMatchObject({ complete: true, tuples: 600 })
    while (store.blobs().size > 1) await setTimeout(10)
    expect([...store.blobs().values()].map(({ name }) => name)).toEqual([`${H + HOUR}`])
    expect((await rows()).n).toBe(600)
    expect(await ask(H, H + 2 * HOUR - 11 * MINUTE)).toMatchObject({ complete: true, tuples: 1200 })
    expect((await rows()).n).toBe(1200)
  })
})
