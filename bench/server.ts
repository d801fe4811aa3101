import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { bareEnvironment, build, listening, needsBuild } from '../scripts/app'
import { start, stop } from '../scripts/child'
import { freePort } from '../scripts/port'
import { SERVER } from '../scripts/standalone'
import { untilHealthy } from '../scripts/until-healthy'
import type { Bench } from './part'

/** Event-loop delay in milliseconds. */
export interface LoopDelay {
  p50: number
  p99: number
  max: number
}

export interface Served {
  /** Without a slash at the end. */
  url: string
  pid: number
  dataDir: string
  /** Delay since the last call. */
  loopDelay(): Promise<LoopDelay>
  stop(): Promise<void>
}

/** A server that answers still warms its threads up; what is measured is one that runs. Milliseconds. */
const STARTED = 1500
const DELAY = path.resolve('bench/loop-delay.mjs')

/** Serves the built app with an empty data directory; ready when it answers. The app is built first where there is no build of its present state. */
export async function serve({ workshop, options, say }: Bench, settings: Record<string, string>): Promise<Served> {
  if (needsBuild()) {
    say('building the app')
    await build()
  }
  const port = await freePort()
  const dataDir = workshop.fresh('data')
  const profiling = options.profile === null ? [] : ['--cpu-prof', `--cpu-prof-dir=${path.resolve(options.profile)}`]
  const child = start(process.execPath, [...profiling, '--import', pathToFileURL(DELAY).href, SERVER], {
    env: { ...listening(bareEnvironment(), { host: '127.0.0.1', port }), NODE_ENV: 'production', FLOWLENS_DATA_DIR: dataDir, ...settings },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  const url = `http://127.0.0.1:${port}`
  const served: Served = {
    url,
    pid: child.pid!,
    dataDir,
    loopDelay: () =>
      new Promise((resolve) => {
        const take = (message: LoopDelay & { kind?: string }) => {
          if (message.kind !== 'loop-delay') return
          child.off('message', take)
          resolve(message)
        }
        child.on('message', take)
        child.send({ kind: 'loop-delay' })
      }),
    async stop() {
      await stop(child)
      workshop.remove(dataDir)
    },
  }
  try {
    await untilHealthy(child, url)
    await setTimeout(STARTED)
  } catch (error) {
    await served.stop()
    throw error
  }
  return served
}

/** Peak resident memory of a process in bytes, as Linux tells it, or null elsewhere. */
export function peakMemory(pid: number): number | null {
  const file = `/proc/${pid}/status`
  if (!existsSync(file)) return null
  const match = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(file, 'utf8'))
  return match ? Number(match[1]) * 1024 : null
}

/** Ticks a second of the times that Linux tells of a process, whatever the machine (https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html). */
const TICKS = 100

/** Core seconds that a process has used, as Linux tells it, or null elsewhere. */
export function coreSeconds(pid: number): number | null {
  const file = `/proc/${pid}/stat`
  if (!existsSync(file)) return null
  const text = readFileSync(file, 'utf8')
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) / TICKS
}

/** Bytes of all files below a folder. */
export function sizeOf(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).reduce((sum, entry) => {
    return entry.isFile() ? sum + (statSync(path.join(entry.parentPath, entry.name), { throwIfNoEntry: false })?.size ?? 0) : sum
  }, 0)
}
