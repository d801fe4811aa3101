import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient } from '@clickhouse/client'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { HOUR, MINUTE } from '@/lib/flow/time/bucket'
import { FLUSH_LAG } from '@/lib/flow/view/view'
import { writeSpool } from '@/lib/store/spool/spool'
import { type Sql, sql } from '@/lib/store/sql'
import type { Store } from '@/lib/store/store'
import { hasClickhouse } from '@/scripts/clickhouse/start'
import { clickhouse, databaseOf, openStore, PASSWORD } from '../test/engines'
import { columnsOf, stateOf } from '../test/rows'
import { bind } from './client'
import { narrowed } from './narrow'
import { countedMarks, STORED } from './tables'

const H = Date.UTC(2024, 7, 12, 16)
const MIN = 15 * MINUTE

function written(question: Sql, keepDays: number | null = null): string {
  const { query, query_params } = bind(question)
  return narrowed(query, query_params, keepDays)
}

const marksOf = (from: number, to: number) => countedMarks({ from, to }, null)

describe('a statement', () => {
  it('looks up the marks of its own whole hours', () => {
    expect(written(sql`select count(*) from tuples where time >= ${H + MIN} and time < ${H + 2 * HOUR + 1}`)).toBe(
      `select count(*) from ${STORED.tuples} as tuples where tuples.mark in (${marksOf(H, H + 3 * HOUR)}) and time >= {p0:Int64} and time < {p1:Int64}`,
    )
    expect(written(sql`select 1 from minutes where (minute >= ${H} and minute < ${H + 1}) and grp in (1) group by grp`)).toContain(
      `from ${STORED.minutes} as minutes where minutes.mark in (${marksOf(H, H + HOUR)}) and (minute >=`,
    )
    expect(written(sql`select pos from tuples where time = ${H} and pos > 3`)).toContain(marksOf(H, H + HOUR))
    expect(written(sql`select pos from tuples where blob = ${7} and pos = ${8}`)).toContain(countedMarks({ ids: '= {p0:Int64}' }, null))
    expect(written(sql`select pos from tuples where blob in ${[7, 8]} limit 1`)).toContain(
      countedMarks({ ids: 'in {p0:Array(Int64)}' }, null),
    )
    expect(written(sql`select 1 from tuples where time >= ${H} and time < ${H + 1}`, 30)).toContain('interval 30 day')
  })

  it('has a range for each of its selects', () => {
    const inner = sql`select src from tuples where time >= ${H} and time < ${H + HOUR} union all
      select dst from tuples where time >= ${H + 5 * HOUR} and time < ${H + 6 * HOUR} order by 1`
    const text = written(
      sql`select * from tuples join (select id from groups where id > 0 or id < 0) as named on id = grp where time >= ${H} and time < ${H + 2 * HOUR}
        and src in (${inner}) order by time`,
    )
    for (const [from, to] of [
      [H, H + 2 * HOUR],
      [H, H + HOUR],
      [H + 5 * HOUR, H + 6 * HOUR],
    ] as const)
      expect(text.split(`(${marksOf(from, to)})`)).toHaveLength(2)
    expect(text).not.toMatch(/(from|join) tuples\b/)
    expect(text.match(/select \* except\(card, mark, loaded\)/g)).toHaveLength(1)
  })

  it.each([
    sql`select count(*) from tuples`,
    sql`select count(*) from tuples where pos = 1 and time >= ${H} and time < ${H + 1}`,
    sql`select count(*) from tuples where time >= ${H} and time < ${H + 1} or pos = 1`,
    sql`select count(*) from tuples where (time >= ${H} and time < ${H + 1}) or pos = 1`,
    sql`select count(*) from tuples where ((time >= ${H} and time < ${H + 1}) or pos = 1) and pos = 2`,
    sql`select count(*) from tuples where not (time >= ${H} and time < ${H + 1})`,
    sql`select count(*) from tuples where time >= ${H} and time < ${H} + 1`,
    sql`select count(*) from tuples where time >= ${H} and time < ${2 ** 60}`,
    sql`select pos from tuples union all select pos from minutes order by 1`,
    sql`select (select count(*) from tuples) as n from groups where time >= ${H} and time < ${H + 1}`,
    sql`select 'from tuples where time >= 1 and time < 2' as text`,
  ])('that may need other blobs looks up all marks: %#', (question) => {
    expect(written(question)).toBe(bind(question).query)
  })
})

describe.runIf(hasClickhouse())('rows of a range', () => {
  let dir: string
  let store: Store
  let files = 0

  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'flowlens-narrow-'))
    store = await openStore('clickhouse', dir)
  })
  afterAll(async () => {
    await store.close()
    rmSync(dir, { recursive: true, force: true })
  })

  async function put(blob: number, hour: number | null, times: readonly number[], isKnown: boolean, isReplaced: boolean): Promise<void> {
    const file = join(store.spool, `rows-${files++}`)
    const columns = columnsOf(times.map((time) => ({ time, src: '10.0.0.1', dst: '10.0.0.2', sport: 1, dport: 2, blob })))
    const part = { ...writeSpool(file, columns, store.intake.spooling), minutes: null }
    const own = isKnown && times.length > 0 ? { first: Math.min(...times), last: Math.max(...times) } : {}
    const blobs = [{ ...stateOf(blob, times.length), hour, ...own }]
    const forget = isReplaced ? [blob] : []
    await store.append({ parts: times.length > 0 ? [part] : [], blobs, forget, pieces: [], groups: [], rejections: [] })
  }

  const count = async (condition: Sql) =>
    (await store.query<{ blob: number; n: number }>(sql`select blob, count(*) as n from tuples where ${condition} group by blob`)).sort(
      (a, b) => a.blob - b.blob,
    )

  it('are all of them, wherever they lie and whatever their blobs are called', async () => {
    const time = fc.integer({ min: -2 * HOUR, max: 8 * HOUR }).map((ms) => H + ms)
    const hour = fc.integer({ min: 0, max: 5 })
    const inside = fc.integer({ min: -FLUSH_LAG, max: HOUR - 1 })
    const ordinary = fc.record({ hour, inside: fc.array(inside, { maxLength: 3 }) }).map((one) => ({
      hour: H + one.hour * HOUR,
      times: one.inside.map((ms) => H + one.hour * HOUR + ms),
    }))
    const odd = fc.record({
      hour: fc.option(hour.map((i) => H + i * HOUR)),
      times: fc.array(
        fc.oneof(
          time,
          hour.map((i) => H + i * HOUR),
          hour.map((i) => H + i * HOUR - FLUSH_LAG - 1),
        ),
        { maxLength: 3 },
      ),
    })
    const blob = fc.record({ id: fc.nat(12), of: fc.oneof(ordinary, odd), isKnown: fc.boolean() })
    const range = fc.tuple(time, fc.oneof(fc.constant(1), fc.constant(HOUR), fc.integer({ min: 1, max: 3 * HOUR })))
    const held = new Map<number, { hour: number | null; times: number[] }>()
    await fc.assert(
      fc.asyncProperty(
        fc.array(blob, { minLength: 1, maxLength: 3 }),
        fc.array(range, { minLength: 4, maxLength: 4 }),
        async (puts, ranges) => {
          for (const { id, of, isKnown } of puts) {
            await put(id, of.hour, of.times, isKnown, held.has(id))
            held.set(id, of)
          }
          for (const [from, length] of ranges) {
            const to = from + length
            const expected = [...held]
              .map(([id, { times }]) => ({ blob: id, n: times.filter((one) => one >= from && one < to).length }))
              .filter(({ n }) => n > 0)
              .sort((a, b) => a.blob - b.blob)
            expect(await count(sql`time >= ${from} and time < ${to}`)).toEqual(expected)
          }
          const all = [...held].map(([blob, { times }]) => ({ blob, n: times.length })).filter(({ n }) => n > 0)
          expect(await count(sql`1 = 1`)).toEqual(all.sort((a, b) => a.blob - b.blob))
          for (const one of all) expect(await count(sql`blob = ${one.blob}`)).toEqual([one])
        },
      ),
      { numRuns: 15 },
    )
  })

  it('are gone with their blob, also if its path is known to be wrong by then', async () => {
    await put(100, H, [H, H + 3 * HOUR], true, false)
    await put(100, null, [H + HOUR], true, true)
    expect(await count(sql`blob = ${100}`)).toEqual([{ blob: 100, n: 1 }])
    await put(100, null, [H + 2 * HOUR], true, true)
    await store.append({ parts: [], blobs: [], forget: [100], pieces: [], groups: [], rejections: [] })
    expect(await count(sql`blob = ${100}`)).toEqual([])
    for (let i = 0; i < 4; i++)
      expect(await count(sql`time >= ${H + i * HOUR} and time < ${H + i * HOUR + 1} and blob = ${100}`)).toEqual([])
  })

  it('cost what their hours hold, however many blobs are kept', async () => {
    const { url } = await clickhouse()
    const client = createClient({ url, password: PASSWORD, database: databaseOf(dir) })
    const [blobs, hours] = [200_000, 400]
    await client.command({
      query: `insert into ${STORED.blobs} (hour, id, rank, forgotten, marks, state, loaded, first, last, strayed)
        select ${H} + number % ${hours} * ${HOUR} as path, number, 1, false, [number], '{}', now(), path, path + ${HOUR - 1}, number % 10000 = 0 from numbers(${blobs})`,
    })
    const rowsRead = async (marks: string) => {
      const result = await client.query({ query: `explain estimate ${marks}`, format: 'JSONEachRow' })
      return (await result.json<{ rows: string }>()).reduce((sum, { rows }) => sum + Number(rows), 0)
    }
    expect(await rowsRead(countedMarks(null, null))).toBeGreaterThanOrEqual(blobs)
    const [day, twice] = [await rowsRead(marksOf(H + 100 * HOUR, H + 124 * HOUR)), await rowsRead(marksOf(H + 100 * HOUR, H + 148 * HOUR))]
    expect(day).toBeLessThan(blobs / 2)
    expect(twice).toBeLessThan(blobs / 2 + (blobs * 24) / hours)
    await client.close()
  })
})
