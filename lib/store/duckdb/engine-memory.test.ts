import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { sql } from '@/lib/store/sql'
import type { Store } from '@/lib/store/store'
import { openDuckdb } from './duckdb'

const ROWS = 4_000_000

let dir: string
let store: Store

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'flowlens-memory-'))
  store = await openDuckdb(dir, undefined, { memory: 48 * 2 ** 20, threads: 2 })
})

afterEach(async () => {
  await store.close()
  rmSync(dir, { recursive: true, force: true })
})

it('a query that needs more memory than the engine has uses the disk', async () => {
  const [row] = await store.query<{ groups: number }>(
    sql`select count(*) as groups from (select range % 3000001 as one, count(*) as many from range(${ROWS}) group by one)`,
  )
  expect(row).toEqual({ groups: 3_000_001 })
})

it('a query that cannot use the disk says what it lacked, and the next one is answered', async () => {
  const whole = store.query(sql`select length(string_agg(range::varchar || repeat('x', 40), ',')) as characters from range(${ROWS})`)
  await expect(whole).rejects.toMatchObject({ kind: 'limit', retryAfter: 5, message: expect.stringMatching(/FLOWLENS_MEMORY/) })
  expect(await store.query(sql`select 1 as one`)).toEqual([{ one: 1 }])
})

it('data that exceeds the memory counts while it is on disk, and is removed after the last query, whether or not all rows were fetched', async () => {
  const before = await store.size()
  const question = sql`select range as i, 'a text that takes some room ' || range as t from range(1000000) order by t`
  const rows = store.stream(question)[Symbol.asyncIterator]()
  await rows.next()
  expect(readdirSync(join(dir, 'temp'))).not.toEqual([])
  expect(await store.size()).toBeGreaterThan(before + 2 ** 20)
  await rows.return?.()
  await vi.waitUntil(() => readdirSync(join(dir, 'temp')).length === 0, { timeout: 60_000 })
  expect(await store.size()).toBe(before)
})

it('what the engine holds in memory goes when nobody has asked for a while, whoever looks at its size', async () => {
  await store.close()
  const instance = await DuckDBInstance.create(join(dir, 'tuples.duckdb'))
  const writer = await instance.connect()
  await writer.run('create table large as select hash(range) as h from range(2000000)')
  writer.closeSync()
  instance.closeSync()
  const open = async (idle: number) => {
    store = await openDuckdb(dir, undefined, { memory: 48 * 2 ** 20, threads: 2, idle })
    expect(await store.query(sql`select count(*) as n from large where h <> 1`)).toEqual([{ n: 2_000_000 }])
  }
  const held = async () => {
    const question = sql`select cast(sum(memory_usage_bytes) as bigint) as bytes from duckdb_memory() where tag = 'BASE_TABLE'`
    return (await store.query<{ bytes: number }>(question))[0]!.bytes
  }
  await open(600_000)
  expect(await held()).toBeGreaterThan(4 * 2 ** 20)
  await store.close()
  await open(50)
  const probes = setInterval(() => void store.size(), 10)
  try {
    await vi.waitUntil(async () => (await held()) < 2 ** 20, { interval: 200, timeout: 60_000 })
  } finally {
    clearInterval(probes)
  }
  expect(await store.query(sql`select count(*) as n from large where h <> 1`)).toEqual([{ n: 2_000_000 }])
})
