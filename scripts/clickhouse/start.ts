import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { start, stop } from '../process/child'

const HOME = path.resolve('scripts/clickhouse')

/** Statements, compression and files each occupy threads of libuv. */
const THREADS = { UV_THREADPOOL_SIZE: '16' }

/** True if the engine is installed, see install.ts. */
export function hasClickhouse(): boolean {
  return existsSync(path.join(HOME, 'node_modules/chdb'))
}

export interface Clickhouse {
  url: string
  process: ChildProcess
  stop: () => Promise<void>
}

/** ClickHouse behind its HTTP interface on loopback, with its tables in `folder`. */
export async function startClickhouse(folder: string, password = ''): Promise<Clickhouse> {
  const child = start(process.execPath, [path.join(HOME, 'front.mjs'), folder, password], {
    env: { ...process.env, ...THREADS },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const ended = once(child, 'exit').then(([code]) => Promise.reject(new Error(`ClickHouse ended with code ${code}`)))
  const [{ port }] = (await Promise.race([once(child, 'message'), ended])) as [{ port: number }]
  ended.catch(() => {})
  return { url: `http://127.0.0.1:${port}`, process: child, stop: () => stop(child) }
}
