import path from 'node:path'
import { run } from '../process/child'
import { hasClickhouse } from './start'

const HOME = path.resolve('scripts/clickhouse')

/** Installs the engine of the lock file if it is missing. `npm ci` would require the libraries of all platforms in it. */
export async function installClickhouse(): Promise<void> {
  if (hasClickhouse()) return
  const code = await run('npm', ['install', '--no-save', '--no-audit', '--no-fund'], { cwd: HOME })
  if (code !== 0 || !hasClickhouse()) throw new Error(`ClickHouse could not be installed into ${HOME}: npm ended with code ${code}`)
}
