import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { type ClickHouseClient, createClient } from '@clickhouse/client'
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { HOUR } from '@/lib/flow/time/bucket'
import { writeMinutes } from '@/lib/store/spool/minutes'
import { writeSpool } from '@/lib/store/spool/spool'
import { sql } from '@/lib/store/sql'
import type { Batch, Store } from '@/lib/store/store'
import { hasClickhouse } from '@/scripts/clickhouse/start'
import { clickhouse, databaseOf, PASSWORD } from '../test/engines'
import { columnsOf, stateOf } from '../test/rows'
import { REMOVED_AFTER } from './chain'
import { openClickhouse } from './clickhouse'
import { LostRows, type Removed } from './lost'
import { STORED } from './tables'

const H = Date.UTC(2024, 7, 12, 16)
/** Of the hours, and of rows without one. */
const DAYS = 2
const HOURS = [H, H + 3 * HOUR, null]

/** How much earlier than now this process last heard of the server's time: it was paused for so long. */
const pause = vi.hoisted(() => ({ ms: 0 }))
vi.mock('./client', async (original) => {
  const client = await original<typeof import('./client')>()
  return { ...client, serverTime: async (of: ClickHouseClient) => (await client.serverTime(of)) - pause.ms }
})

describe.runIf(hasClickhouse())('rows that do not count', () => {
  const dirs: string[] = []
  let dir: string
  let place: { url: string; database: string }
  let client: ClickHouseClient
  let stores: Store[]
  let files = 0

  async function open(changes: { round?: number; tell?: (message: string) => void } = {}): Promise<Store> {
    const options = {
      ...place,
      user: 'default',
      password: PASSWORD,
      cluster: null,
      keepDays: null,
      spool: join(dir, `spool-${stores.length}`),
    }
    const store = await openClickhouse({ ...options, ...changes })
    stores.push(store)
    return store
  }

  beforeEach(async () => {
    dir = mkdtempSync(join(tmpdir(), 'flowlens-lost-'))
    dirs.push(dir)
    place = { url: (await clickhouse()).url, database: databaseOf(dir) }
    client = createClient({ ...place, password: PASSWORD })
    stores = []
  })
  afterEach(async () => {
    pause.ms = 0
    await Promise.all(stores.map((store) => store.close()))
    await client.close()
  })
  afterAll(() => {
    for (const one of dirs) rmSync(one, { recursive: true, force: true })
  })

  /** A batch with the rows of bytes [from, to) of a blob, a row for each byte. */
  function bytes(store: Store, blob: number, from: number, to: number, changes: Partial<Batch> = {}): Batch {
    const hour = HOURS[blob % HOURS.length]!
    const rows = Array.from({ length: to - from }, (_, i) => {
      const stray = (from + i) % 7 === 3
      return {
        time: (hour ?? H) + i,
        hour: stray ? -1 : (hour ?? -1),
        src: '10.0.0.1',
        dst: '10.0.0.2',
        sport: 1,
        dport: 2,
        blob,
        offset: from + i,
      }
    })
    const path = join(store.spool, `rows-${files++}`)
    const columns = columnsOf(rows)
    const part = {
      ...writeSpool(path, columns, store.intake.spooling),
      minutes: writeMinutes(`${path}.minutes`, columns, 1) ? `${path}.minutes` : null,
    }
    const state = { ...stateOf(blob, to), hour, resume: to }
    const nothing = { forget: [], pieces: [], groups: [], rejections: [] }
    return { parts: [part], blobs: [state], from: new Map([[blob, from]]), ...nothing, ...changes }
  }

  const number = async (query: string) => {
    const [row] = await (await client.query({ query: `select toInt64(${query}) as n`, format: 'JSONEachRow' })).json<{ n: string }>()
    return Number(row!.n)
  }
  const stored = () => number(`(select count() from ${STORED.tuples})`)
  const rolledUp = () => number(`(select ifNull(sum(tuples), 0) from ${STORED.minutes})`)
  const marked = () => number(`(select ifNull(sum(rows), 0) from ${STORED.marks})`)

  async function counted(store: Store): Promise<Record<number, number>> {
    await setTimeout(1100)
    await store.refresh()
    const rows = await store.query<{ blob: number; n: number; places: number }>(
      sql`select blob, count(*) as n, count(distinct pos) as places from tuples group by blob order by blob`,
    )
    for (const { n, places } of rows) expect(n).toBe(places)
    return Object.fromEntries(rows.map(({ blob, n }) => [blob, n]))
  }

  /** Makes everything that is stored older. */
  async function age(ms: number): Promise<void> {
    const of = [
      [STORED.blobs, 'stored'],
      ...(['tuples', 'minutes', 'marks'] as const).map((name) => [STORED[name], 'loaded'] as const),
    ] as const
    await Promise.all(
      of.map(([table, column]) =>
        client.command({
          query: `alter table ${table} update ${column} = ${column} - toIntervalSecond(${Math.ceil(ms / 1000)}) where 1`,
          clickhouse_settings: { mutations_sync: '1' },
        }),
      ),
    )
  }

  function lostRows(mayRemove: () => Promise<boolean>): LostRows {
    return new LostRows(client, { database: place.database, cluster: null, keepDays: null }, new AbortController().signal, mayRemove)
  }

  /** A round for each day that there is. */
  async function removeAll(): Promise<Removed> {
    const all = { marks: 0, rows: 0 }
    const lost = lostRows(async () => true)
    for (let turn = 0; turn < DAYS; turn++) {
      const { marks, rows } = await lost.remove(turn)
      all.marks += marks
      all.rows += rows
    }
    return all
  }

  it('are removed a day after a race, a kill, or the end of a blob, and what counts is not', async () => {
    const [one, two] = [await open(), await open()]
    for (const blob of [0, 1, 2]) {
      await Promise.all([one.append(bytes(one, blob, 0, 40)), two.append(bytes(two, blob, 0, 30))])
      await one.append(bytes(one, blob, 40, 50))
    }
    const killed = bytes(two, 3, 0, 20)
    killed.parts.push({ ...killed.parts[0]!, file: join(two.spool, 'absent'), minutes: null })
    await expect(two.append(killed)).rejects.toMatchObject({ kind: 'store' })
    for (const blob of [4, 5]) await one.append(bytes(one, blob, 0, 10))
    await one.append(bytes(one, 4, 0, 5, { forget: [4] }))
    await one.append({ parts: [], blobs: [], forget: [5], pieces: [], groups: [], rejections: [] })
    const before = await counted(one)
    expect(before).toEqual({ 0: 50, 1: 50, 2: 50, 4: 5 })
    const all = 240 + 20 + 10 + 10 + 5
    expect([await stored(), await rolledUp(), await marked()]).toEqual([all, all, all])
    await age(REMOVED_AFTER - HOUR)
    expect(await removeAll(), 'not yet').toEqual({ marks: 0, rows: 0 })
    await age(HOUR)
    expect(await removeAll()).toMatchObject({ rows: 90 + 20 + 10 + 10 })
    expect([await stored(), await rolledUp(), await marked()]).toEqual([155, 155, 155])
    for (const store of [one, await open()]) expect(await counted(store)).toEqual(before)
    expect(await removeAll(), 'nothing is left').toEqual({ marks: 0, rows: 0 })
    await one.append(bytes(one, 3, 0, 20))
    expect(await counted(one)).toEqual({ ...before, 3: 20 })
  })

  it('are kept as long as something is added to their blob', async () => {
    const [one, two] = [await open(), await open()]
    await one.append(bytes(one, 1, 0, 40))
    await two.append(bytes(two, 1, 0, 30))
    await age(REMOVED_AFTER)
    await one.append(bytes(one, 1, 40, 50))
    expect(await removeAll()).toEqual({ marks: 0, rows: 0 })
    expect(await counted(two)).toEqual({ 1: 50 })
  })

  it('do not come to count if an instance was paused before they did: it fails, and reads them again', async () => {
    const store = await open()
    pause.ms = REMOVED_AFTER
    const late = store.append(bytes(store, 1, 0, 10))
    await expect(late).rejects.toMatchObject({ kind: 'store', message: expect.stringContaining('waited too long') })
    await age(REMOVED_AFTER)
    expect(await removeAll()).toMatchObject({ rows: 10 })
    pause.ms = 0
    await store.append(bytes(store, 1, 0, 20))
    expect(await counted(store)).toEqual({ 1: 20 })
  })

  it('do not come to count with rows that are read after a day', async () => {
    const [ahead, behind] = [await open(), await open()]
    await ahead.append(bytes(ahead, 1, 0, 15))
    await behind.append(bytes(behind, 1, 0, 10))
    await age(REMOVED_AFTER)
    pause.ms = -REMOVED_AFTER
    expect(await removeAll()).toMatchObject({ rows: 10 })
    await behind.append(bytes(behind, 1, 10, 20))
    expect(await counted(ahead)).toEqual({ 1: 15 })
    await behind.append(bytes(behind, 1, 15, 20))
    expect(await counted(ahead)).toEqual({ 1: 20 })
  })

  it('are told by one instance alone, whenever another takes its place', async () => {
    const [one, two] = [await open(), await open()]
    await one.append(bytes(one, 0, 0, 3))
    await two.append(bytes(two, 0, 0, 2))
    await age(REMOVED_AFTER)
    for (let steps = 0; ; steps++) {
      let left = steps
      const removed = await lostRows(async () => left-- > 0).remove(0)
      if (removed.rows === 0) continue
      expect(removed).toEqual({ marks: 1, rows: 2 })
      expect(steps, 'as many steps as tables that are named by mark').toBe(3)
      break
    }
    expect(await removeAll()).toEqual({ marks: 0, rows: 0 })
    expect(await counted(one)).toEqual({ 0: 3 })
  })

  it('are removed in the background, by one instance at a time, which says so', async () => {
    const said: string[] = []
    const tell = (message: string) => said.push(message)
    const [one, two] = [await open(), await open()]
    await one.append(bytes(one, 1, 0, 40))
    await two.append(bytes(two, 1, 0, 30))
    await age(REMOVED_AFTER)
    for (let i = 0; i < 3; i++) await open({ round: 1000, tell })
    await vi.waitFor(async () => expect(await stored()).toBe(40), { timeout: 60_000, interval: 100 })
    const told = () => {
      const rows = said.map((message) =>
        Number(/^Removed (\d+) rows of \d+ readings from ClickHouse that did not count$/.exec(message)?.[1]),
      )
      return rows.reduce((sum, n) => sum + n, 0)
    }
    await vi.waitFor(() => expect(told()).toBe(30), { timeout: 60_000, interval: 100 })
    await setTimeout(1500)
    expect(told()).toBe(30)
    expect(await counted(one)).toEqual({ 1: 40 })
  })
})
