import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
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

it('a question that needs more memory than the engine has goes to disk', async () => {
  const [row] = await store.query<{ groups: number }>(
    sql`select count(*) as groups from (select range % 3000001 as one, count(*) as many from range(${ROWS}) group by one)`,
  )
  expect(row).toEqual({ groups: 3_000_001 })
})

it('a question that cannot go to disk says what it lacked, and the next one is answered', async () => {
  const whole = store.query(sql`select length(string_agg(range::varchar || repeat('x', 40), ',')) as characters from range(${ROWS})`)
  await expect(whole).rejects.toMatchObject({ kind: 'limit', retryAfter: 5, message: expect.stringMatching(/FLOWLENS_MEMORY/) })
  expect(await store.query(sql`select 1 as one`)).toEqual([{ one: 1 }])
})

it('what does not fit into memory counts while it is on the disk, and leaves it with the last who asks, whether they took all of it or not', async () => {
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
