import type { ChildProcess } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { bareEnvironment, build, listening, needsBuild } from '../../scripts/app/app'
import { SERVER } from '../../scripts/app/standalone'
import { untilHealthy } from '../../scripts/app/until-healthy'
import { start, stop } from '../../scripts/process/child'
import { freePort } from '../../scripts/process/port'
import type { Bench } from '../part'

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
  /** Heap that its main thread uses, garbage collected. Bytes. */
  heap(): Promise<number>
  stop(): Promise<void>
}

/** Time for a server that already answers to warm up its threads. Milliseconds. */
const STARTED = 1500
const DELAY = path.resolve('bench/served/loop-delay.mjs')

/** Requests a value from the server process itself. */
function told<Answer>(child: ChildProcess, kind: string): Promise<Answer> {
  return new Promise((resolve) => {
    const take = (message: Answer & { kind?: string }) => {
      if (message.kind !== kind) return
      child.off('message', take)
      resolve(message)
    }
    child.on('message', take)
    child.send({ kind })
  })
}

/** Serves the built app with an empty data directory; resolves when it answers. Builds the app first if there is no current build. */
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
    loopDelay: () => told<LoopDelay>(child, 'loop-delay'),
    heap: async () => (await told<{ bytes: number }>(child, 'heap')).bytes,
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

/** Peak resident memory of a process in bytes, as Linux reports it, or null elsewhere. */
export function peakMemory(pid: number): number | null {
  const file = `/proc/${pid}/status`
  if (!existsSync(file)) return null
  const match = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(file, 'utf8'))
  return match ? Number(match[1]) * 1024 : null
}

/** Ticks per second of the process times that Linux reports, on every machine (https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html). */
const TICKS = 100

/** Core seconds that a process and its ended children have used, as Linux reports it, or null elsewhere. */
export function coreSeconds(pid: number): number | null {
  const file = `/proc/${pid}/stat`
  if (!existsSync(file)) return null
  const text = readFileSync(file, 'utf8')
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  return fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0) / TICKS
}

/** Bytes of all files below a folder. */
export function sizeOf(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).reduce((sum, entry) => {
    return entry.isFile() ? sum + (statSync(path.join(entry.parentPath, entry.name), { throwIfNoEntry: false })?.size ?? 0) : sum
  }, 0)
}
