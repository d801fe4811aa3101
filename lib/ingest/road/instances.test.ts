import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { HOUR, MINUTE } from '@/lib/flow/time/bucket'
import { openClickhouse } from '@/lib/store/clickhouse/clickhouse'
import { STORED } from '@/lib/store/clickhouse/tables'
import { Sql, sql } from '@/lib/store/sql'
import type { Store } from '@/lib/store/store'
import { clickhouse, databaseOf, PASSWORD } from '@/lib/store/test/engines'
import { hasClickhouse } from '@/scripts/clickhouse/start'
import { startHere } from '../test/here'
import { MemorySource } from '../test/memory-source'
import { blobOf, MAC, record, SCOPE } from '../test/records'
import { Road } from './road'

const H = Date.UTC(2024, 7, 12, 16)
const BLOBS = 6
const RANGE = { from: H, to: H + BLOBS * HOUR }
const never = new AbortController().signal

function hourBlob(hour: number, minutes: number, tuples: number): string {
  return blobOf(Array.from({ length: minutes }, (_, i) => record(hour + i * MINUTE + 7000, tuples, i)))
}

interface Instance {
  store: Store
  road: Road
  source: MemorySource
}

/** Another program on the same database: only the server is shared. */
async function instance(place: { url: string; database: string }, dir: string, source: MemorySource): Promise<Instance> {
  const store = await openClickhouse({ ...place, user: 'default', password: PASSWORD, cluster: null, keepDays: null, spool: dir })
  const road = new Road(store, [source], { threads: 1, start: startHere, now: () => H + 48 * HOUR })
  return { store, road, source }
}

async function read({ road }: Instance) {
  const survey = await road.survey(RANGE, never)
  await road.fetch(survey, never)
  return road.coverage(survey)
}

async function counted({ store }: Instance): Promise<{ n: number; places: number; rolled: number }> {
  const [tuples] = await store.query<{ n: number; places: number }>(
    sql`select count(*) as n, count(distinct (blob, pos)) as places from tuples`,
  )
  const [minutes] = await store.query<{ n: number }>(sql`select cast(coalesce(sum(tuples), 0) as bigint) as n from minutes`)
  const [single] = await store.query<{ n: number }>(sql`select count(*) as n from tuples where rolled = false`)
  return { ...tuples!, rolled: minutes!.n + single!.n }
}

function put(source: MemorySource, minutes: number, tuples = 30): void {
  for (let i = 0; i < BLOBS; i++)
    source.put(`blob ${i}`, hourBlob(H + i * HOUR, minutes, tuples), { hour: H + i * HOUR, mac: MAC, scope: SCOPE })
}

describe.runIf(hasClickhouse())('two instances on one ClickHouse', () => {
  let dir: string
  let place: { url: string; database: string }
  let both: [Instance, Instance]

  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'flowlens-instances-'))
    place = { url: (await clickhouse()).url, database: databaseOf(dir) }
    both = [await instance(place, join(dir, 'one'), new MemorySource()), await instance(place, join(dir, 'two'), new MemorySource())]
  })

  afterAll(async () => {
    for (const { road } of both) await road.close()
    rmSync(dir, { recursive: true, force: true })
  })

  const whole = (minutes: number, tuples = 30) => BLOBS * minutes * tuples

  it('neither lose nor double rows when both read the same range', async () => {
    for (const { source } of both) {
      put(source, 60)
      source.chunkBytes = 32 * 1024
      source.beforeChunk = () => setTimeout(Math.random() * 60)
    }
    const coverages = await Promise.all(both.map(read))
    for (const coverage of coverages) expect(coverage).toMatchObject({ complete: true, tuples: whole(60) })
    for (const one of both) expect(await counted(one)).toEqual({ n: whole(60), places: whole(60), rolled: whole(60) })
    const [stored] = await both[0].store.query<{ n: number }>(sql`select count(*) as n from ${Sql.of([STORED.tuples], [])}`)
    expect(stored!.n, 'both read').toBeGreaterThan(whole(60))
  })

  it('do not read what the other has read', async () => {
    const opens = both.map(({ source }) => source.opens.length)
    await Promise.all(both.map(read))
    expect(both.map(({ source }) => source.opens.length)).toEqual(opens)
    const third = await instance(place, join(dir, 'three'), both[0].source)
    expect(await read(third)).toMatchObject({ complete: true, tuples: whole(60) })
    expect(both.map(({ source }) => source.opens.length)).toEqual(opens)
    await third.road.close()
  })

  it('count a replaced blob once, in its present version', async () => {
    for (const { source } of both) put(source, 50, 7)
    const coverages = await Promise.all(both.map(read))
    for (const coverage of coverages) expect(coverage).toMatchObject({ complete: true, tuples: whole(50, 7) })
    expect(await counted(both[0])).toEqual({ n: whole(50, 7), places: whole(50, 7), rolled: whole(50, 7) })
  })

  it('both forget deleted blobs', async () => {
    both[0].source.held.delete('blob 0')
    both[1].source.held.delete('blob 0')
    expect(await read(both[0])).toMatchObject({ blobs: BLOBS - 1 })
    await setTimeout(1100)
    expect(await read(both[1])).toMatchObject({ complete: true, blobs: BLOBS - 1 })
    expect((await counted(both[1])).n).toBe(whole(50, 7) - 50 * 7)
    expect(both[1].store.blobs().size).toBe(BLOBS - 1)
  })
})
