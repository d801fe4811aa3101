import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { type Clickhouse, hasClickhouse, startClickhouse } from '@/scripts/clickhouse/start'
import { openClickhouse } from '../clickhouse'
import { openDuckdb } from '../duckdb'
import type { Store } from '../store'

export type Engine = 'duckdb' | 'clickhouse'

/** The engines that are installed here: DuckDB always, ClickHouse in CI always. */
export const ENGINES: readonly Engine[] = hasClickhouse() ? ['duckdb', 'clickhouse'] : ['duckdb']

let server: Promise<Clickhouse> | null = null

/** One server for all stores of this process. */
export function clickhouse(): Promise<Clickhouse> {
  if (server === null) {
    const folder = mkdtempSync(join(tmpdir(), 'flowlens-clickhouse-'))
    process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
    server = startClickhouse(folder)
  }
  return server
}

/** A database for this folder and no other. */
export function databaseOf(dir: string): string {
  return basename(dir).replace(/\W/g, '_')
}

/** The store that belongs to `dir`, a folder of a unique name. */
export async function openStore(engine: Engine, dir: string): Promise<Store> {
  if (engine === 'duckdb') return openDuckdb(dir)
  const { url } = await clickhouse()
  const place = { url, user: 'default', password: '', database: databaseOf(dir) }
  return openClickhouse({ ...place, cluster: null, keepDays: null, spool: join(dir, 'spool') })
}
