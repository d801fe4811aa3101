import { existsSync, readdirSync } from 'node:fs'
import { cp, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { Problem } from '@/lib/flow/problem'

/** The app with everything that it needs to run, and nothing else: it can be copied to where there is only Node. */
const STANDALONE = path.resolve('.next/standalone')

/** What node runs to serve it. */
export const SERVER = path.join(STANDALONE, 'server.js')

/** What else Next.js copies (sources that it took for data, `.env` files, which may hold secrets) has no use there. */
const KEPT = ['.next', 'node_modules', 'package.json', 'server.js']

const STATIC = path.join(STANDALONE, '.next/static')

/** Every question holds one of libuv's threads while the engine answers it; with the usual four, a few would keep files from being read. */
const FIRST = `process.env.UV_THREADPOOL_SIZE ||= '16'
process.env.NEXT_TELEMETRY_DISABLED ||= '1'
// Only this machine, unless told otherwise.
process.env.HOSTNAME ||= '127.0.0.1'
`

/** What we have otherwise than Next.js writes it. */
const CHANGES = [
  // Relative folders are meant from where the server was started.
  ['process.chdir(__dirname)\n', ''],
] as const

export function isAssembled(): boolean {
  return existsSync(SERVER) && existsSync(STATIC)
}

/** Adds to the output of `next build` what Next.js leaves to us, and takes away what does not belong there. */
export async function assemble(): Promise<void> {
  let server = await readFile(SERVER, 'utf8')
  for (const [theirs, ours] of CHANGES) {
    if (!server.includes(theirs)) throw new Problem('config', `The server that Next.js made has no ${JSON.stringify(theirs)} to change.`)
    server = server.replace(theirs, ours)
  }
  await writeFile(SERVER, FIRST + server)
  for (const name of readdirSync(STANDALONE)) if (!KEPT.includes(name)) await rm(path.join(STANDALONE, name), { recursive: true })
  await cp('public', path.join(STANDALONE, 'public'), { recursive: true })
  await cp('.next/static', STATIC, { recursive: true })
}
