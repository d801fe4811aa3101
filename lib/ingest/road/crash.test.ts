import { fork } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { HOUR, MINUTE } from '@/lib/flow/time/bucket'
import { formatPath } from '@/lib/source/model/path'
import { openClickhouse } from '@/lib/store/clickhouse/clickhouse'
import { openDuckdb } from '@/lib/store/duckdb/duckdb'
import { sql } from '@/lib/store/sql'
import { clickhouse, databaseOf, ENGINES, PASSWORD } from '@/lib/store/test/engines'
import { expectProven } from '../test/proven'
import { blobOf, MAC, record, SCOPE } from '../test/records'

const H = Date.UTC(2024, 7, 12)
const BLOBS = 24
const TUPLES = 60 * 60
const ALONE = { user: 'default', password: PASSWORD, cluster: null, keepDays: null }
/** Milliseconds after the reader has opened its store. */
const KILLS = [0, 40, 130, 300]

let dir: string
const read = (data: readonly string[], kill: number | null): Promise<void> =>
  new Promise((resolve, reject) => {
    const reader = fork(join(import.meta.dirname, '../test/reader.ts'), [join(dir, 'evidence'), ...data], {
      execArgv: ['--conditions=react-server', '--import', 'tsx'],
    })
    reader.on('message', (message) => {
      if (message === 'read') reader.kill('SIGKILL')
      else if (kill !== null) setTimeout(() => reader.kill('SIGKILL'), kill)
    })
    reader.on('error', reject)
    reader.on('exit', () => resolve())
  })

beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'flowlens-crash-'))
  for (let hour = 0; hour < BLOBS; hour++) {
    const path = join(dir, 'evidence', formatPath({ scope: SCOPE, hour: H + hour * HOUR, mac: MAC }))
    mkdirSync(join(path, '..'), { recursive: true })
    writeFileSync(path, blobOf(Array.from({ length: 60 }, (_, i) => record(H + hour * HOUR + i * MINUTE + 7000, 60, i))))
  }
})

afterAll(() => rmSync(dir, { recursive: true, force: true }))

it.each(ENGINES)('neither loses nor doubles rows on %s, whenever the reader is killed', async (engine) => {
  const data = join(dir, engine)
  const place = engine === 'clickhouse' ? { url: (await clickhouse()).url, database: databaseOf(dir) } : null
  const open = () => (place ? openClickhouse({ ...place, ...ALONE, spool: data }) : openDuckdb(data))
  const stored: number[] = []
  for (const kill of [...KILLS, null]) {
    await read(place ? [data, place.url, place.database] : [data], kill)
    const store = await open()
    const [rows] = await store.query<{ n: number; places: number }>(
      sql`select count(*) as n, count(distinct (blob, pos)) as places from tuples`,
    )
    const remembered = [...store.blobs().values()].reduce((sum, { tuples }) => sum + tuples, 0)
    await expectProven(store, ({ name }) => readFileSync(join(dir, 'evidence', name)))
    await store.close()
    expect(rows).toEqual({ n: remembered, places: remembered })
    stored.push(remembered)
  }
  expect(stored.at(-1)).toBe(BLOBS * TUPLES)
})
