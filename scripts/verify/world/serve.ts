import type { ChildProcess } from 'node:child_process'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { bareEnvironment, listening } from '../../app/app'
import { SERVER } from '../../app/standalone'
import { untilHealthy } from '../../app/until-healthy'
import { exitOf, start } from '../../process/child'
import { freePort } from '../../process/port'

/** Characters of printed errors that are kept. */
const LAST_WORDS = 2000
const DELAY = path.resolve('bench/served/loop-delay.mjs')

export interface Served {
  /** Without a slash at the end. */
  url: string
  child: ChildProcess
  /** Milliseconds from the start until it answered. */
  started: number
  /** The end of what it has printed as errors. */
  said(): string
  /** Event-loop delay since the last call, milliseconds. */
  loopDelay(): Promise<{ p99: number; max: number }>
  /** Kills it. */
  kill(): Promise<void>
}

/** Serves the built app on a data directory with only these settings; resolves when its probe answers. `flags` are for node. */
export async function serve(
  data: string,
  settings: Record<string, string>,
  flags: readonly string[] = [],
  probe: 'ready' | 'live' = 'ready',
): Promise<Served> {
  const port = await freePort()
  const began = performance.now()
  const child = start(process.execPath, [...flags, '--import', pathToFileURL(DELAY).href, SERVER], {
    env: { ...listening(bareEnvironment(), { host: '127.0.0.1', port }), NODE_ENV: 'production', FLOWLENS_DATA_DIR: data, ...settings },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  let said = ''
  child.stderr?.on('data', (text: Buffer) => {
    said = (said + text).slice(-LAST_WORDS)
  })
  const url = `http://127.0.0.1:${port}`
  const served: Served = {
    url,
    child,
    started: 0,
    said: () => said,
    loopDelay: () =>
      new Promise((resolve) => {
        const take = (message: { kind?: string; p99: number; max: number }) => {
          if (message.kind !== 'loop-delay') return
          child.off('message', take)
          resolve(message)
        }
        child.on('message', take)
        child.send({ kind: 'loop-delay' })
      }),
    async kill() {
      child.kill('SIGKILL')
      await exitOf(child)
    },
  }
  try {
    await untilHealthy(child, url, probe)
  } catch (error) {
    await served.kill()
    throw error
  }
  served.started = performance.now() - began
  return served
}
