import path from 'node:path'
import { run } from '../child'
import { hasClickhouse } from './start'

const HOME = path.resolve('scripts/clickhouse')

/** Installs the engine as the lock file says when it is not there yet. `npm ci` would want the libraries of all platforms in it. */
export async function installClickhouse(): Promise<void> {
  if (hasClickhouse()) return
  const code = await run('npm', ['install', '--no-save', '--no-audit', '--no-fund'], { cwd: HOME })
  if (code !== 0 || !hasClickhouse()) throw new Error(`ClickHouse could not be installed into ${HOME}: npm ended with code ${code}`)
}
