import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Clickhouse, hasClickhouse, startClickhouse } from '@/scripts/clickhouse/start'
import { openClickhouse } from '../clickhouse'
import { openDuckdb } from '../duckdb'
import type { Store } from '../store'

export type Engine = 'duckdb' | 'clickhouse'

/** The engines that are installed here: DuckDB always, ClickHouse in CI always. */
export const ENGINES: readonly Engine[] = hasClickhouse() ? ['duckdb', 'clickhouse'] : ['duckdb']

let server: Promise<Clickhouse> | null = null
let databases = 0

/** One server for all stores of this process. */
export function clickhouse(): Promise<Clickhouse> {
  if (server === null) {
    const folder = mkdtempSync(join(tmpdir(), 'flowlens-clickhouse-'))
    process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
    server = startClickhouse(folder)
  }
  return server
}

/** A database of its own. */
export function newDatabase(): string {
  return `test_${databases++}`
}

/** A store in `dir`. ClickHouse keeps rows elsewhere: opening the same folder again does not bring them back. */
export async function openStore(engine: Engine, dir: string): Promise<Store> {
  if (engine === 'duckdb') return openDuckdb(dir)
  const { url } = await clickhouse()
  const place = { url, user: 'default', password: '', database: newDatabase() }
  return openClickhouse({ ...place, cluster: null, keepDays: null, spool: join(dir, 'spool') })
}
