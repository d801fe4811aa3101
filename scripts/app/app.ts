import { readdirSync, statSync } from 'node:fs'
import { hostname } from 'node:os'
import path from 'node:path'
import { environmentSchema } from '@/lib/config'
import { Problem } from '@/lib/flow/problem'
import { run, runQuietly } from '../process/child'
import { assemble, isAssembled, SERVER } from './standalone'

const NEXT = path.resolve('node_modules/next/dist/bin/next')
const SOURCES = [
  'app',
  'components',
  'lib',
  'public',
  'instrumentation.ts',
  'proxy.ts',
  'scripts/app/standalone.ts',
  'next.config.mjs',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
]

/** Turns off the usage statistics of Next.js. */
const QUIET = { NEXT_TELEMETRY_DISABLED: '1' }

/** Our environment for Next.js. */
export function nextEnvironment(): NodeJS.ProcessEnv {
  return { ...process.env, ...QUIET }
}

/** Every setting of Flowlens, except where it listens. */
const OURS = Object.keys(environmentSchema.shape).filter((name) => name !== 'PORT' && name !== 'HOSTNAME')

/** The same without any setting of Flowlens: an empty variable counts as not set, and prevents a `.env` file from setting it. */
export function bareEnvironment(): NodeJS.ProcessEnv {
  return { ...nextEnvironment(), ...Object.fromEntries(OURS.map((name) => [name, ''])) }
}

export interface Listen {
  host: string
  port: number
}

/**
 * Returns where to listen: PORT and HOSTNAME, else 3000 on loopback. Shells and containers set HOSTNAME to the machine's own name, which is not a request to
 * open the port to the network, so that name counts as not set.
 */
export function listenFrom(env: NodeJS.ProcessEnv): Listen {
  const port = Number(env.PORT || 3000)
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new Problem('config', `PORT is ${env.PORT}, which is not a port number.`)
  const host = env.HOSTNAME && env.HOSTNAME !== hostname() ? env.HOSTNAME : '127.0.0.1'
  return { host, port }
}

export function addressOf({ host, port }: Listen): string {
  const shown = host === '127.0.0.1' || host === '0.0.0.0' || host === '::' ? 'localhost' : host.includes(':') ? `[${host}]` : host
  return `http://${shown}:${port}`
}

/** Returns the same environment for a server that listens there. */
export function listening(env: NodeJS.ProcessEnv, { host, port }: Listen): NodeJS.ProcessEnv {
  return { ...env, HOSTNAME: host, PORT: String(port) }
}

function newest(place: string): number {
  const stat = statSync(place, { throwIfNoEntry: false })
  if (!stat) return 0
  if (!stat.isDirectory()) return /\.test\.tsx?$/.test(place) ? 0 : stat.mtimeMs
  return readdirSync(place).reduce((latest, name) => Math.max(latest, newest(path.join(place, name))), stat.mtimeMs)
}

/** True if there is no build, or the build is older than its sources. */
export function needsBuild(): boolean {
  return !isAssembled() || statSync(SERVER).mtimeMs < Math.max(...SOURCES.map(newest))
}

async function built(code: number | null, output: string): Promise<void> {
  if (code !== 0) throw new Problem('config', `The build failed with code ${code}.\n${output}`)
  await assemble()
}

/** Builds the app; shows the build's output only if it fails. */
export async function build(): Promise<void> {
  const { code, output } = await runQuietly(process.execPath, [NEXT, 'build'], nextEnvironment())
  await built(code, output)
}

/** Builds the app and shows the build's output. */
export async function buildAloud(): Promise<void> {
  await built(await run(process.execPath, [NEXT, 'build'], { env: nextEnvironment() }), '')
}
