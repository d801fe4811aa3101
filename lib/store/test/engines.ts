import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { openClickhouse } from '@/lib/store/clickhouse/clickhouse'
import { openDuckdb } from '@/lib/store/duckdb/duckdb'
import { hasClickhouse, startClickhouse } from '@/scripts/clickhouse/start'
import { sharedByRun } from '@/scripts/tests/shared'
import type { Store } from '../store'

export type Engine = 'duckdb' | 'clickhouse'

/** The engines that are installed here: DuckDB always, ClickHouse always in CI. */
export const ENGINES: readonly Engine[] = hasClickhouse() ? ['duckdb', 'clickhouse'] : ['duckdb']

/** The password of every ClickHouse that tests start, with all characters that quoting could break. */
export const PASSWORD = "s3cret'\\ü"

let server: Promise<{ url: string }> | null = null

/** Returns the address of the ClickHouse that the test run shares; outside a test run, of one that starts now for all stores of this process. */
export function clickhouse(): Promise<{ url: string }> {
  server ??= sharedByRun<{ url: string }>('clickhouse').then((shared) => shared ?? ownClickhouse())
  return server
}

function ownClickhouse(): Promise<{ url: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'flowlens-clickhouse-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  return startClickhouse(folder, PASSWORD)
}

/** Returns a database name that is unique to this folder. */
export function databaseOf(dir: string): string {
  return basename(dir).replace(/\W/g, '_')
}

/** Opens the store that belongs to `dir`, a folder with a unique name. */
export async function openStore(engine: Engine, dir: string): Promise<Store> {
  if (engine === 'duckdb') return openDuckdb(dir)
  const { url } = await clickhouse()
  const place = { url, user: 'default', password: PASSWORD, database: databaseOf(dir) }
  return openClickhouse({ ...place, cluster: null, keepDays: null, spool: join(dir, 'spool') })
}
