import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openDuckdb } from './duckdb'
import { sql } from './sql'
import type { Store } from './store'

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
