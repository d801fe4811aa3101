import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Clickhouse, startClickhouse } from '@/scripts/clickhouse/start'
import { openClickhouse } from './clickhouse'
import { sql } from './sql'

let dir: string
let server: Clickhouse
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'flowlens-ck-'))
  server = await startClickhouse(join(dir, 'data'))
})
afterAll(async () => {
  await server.stop()
  rmSync(dir, { recursive: true, force: true })
})
it('opens', async () => {
  const store = await openClickhouse({
    url: server.url,
    user: 'default',
    password: '',
    database: 'flowlens',
    cluster: null,
    keepDays: null,
    spool: join(dir, 'spool'),
  })
  expect(await store.query(sql`select count(*) as n from tuples`)).toEqual([{ n: 0 }])
  await store.close()
})
