import { existsSync, readdirSync } from 'node:fs'
import { cp, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, gzip } from 'node:zlib'
import { Problem } from '@/lib/flow/problem'
import { CODINGS } from '@/lib/http/server/files/built-files'

/** The app with everything that it needs to run besides Node; the folder can be copied. */
const STANDALONE = path.resolve('.next/standalone')

/** The script that node runs. */
export const SERVER = path.join(STANDALONE, 'server.js')

/** Next.js also copies sources that it mistakes for data, and `.env` files, which may contain secrets; these are removed. */
const KEPT = ['.next', 'node_modules', 'package.json', 'server.js']

/** Files that compress well. */
const TEXT = /\.(js|css|svg)$/

const STATIC = path.join(STANDALONE, '.next/static')

/** The first line of a request and its headers. Bytes. */
const HEADERS = 1_048_576

/** A query occupies a thread of libuv while the engine runs; with the default of four threads, a few queries would block reading files. */
const FIRST = `process.env.UV_THREADPOOL_SIZE ||= '16'
process.env.NEXT_TELEMETRY_DISABLED ||= '1'
// Only this machine by default.
process.env.HOSTNAME ||= '127.0.0.1'
// Proxies keep idle connections for a minute. Were they closed here first, as after the five seconds of Node, a request sent at that moment would be lost.
process.env.KEEP_ALIVE_TIMEOUT ||= '75000'
// Served by our own code, see lib/http/server/files.
globalThis[Symbol.for('flowlens.built')] = require('node:path').join(__dirname, '.next/static')
// A link with a long list in its filter is longer than Node takes by default.
{
  const http = require('node:http')
  const { createServer } = http
  http.createServer = (options, listener) =>
    typeof options === 'function' ? createServer({ maxHeaderSize: ${HEADERS} }, options) : createServer({ maxHeaderSize: ${HEADERS}, ...options }, listener)
}
`

/** Changes to the server script of Next.js. */
const CHANGES = [
  // Relative folders refer to the folder in which the server was started.
  ['process.chdir(__dirname)\n', ''],
] as const

export function isAssembled(): boolean {
  return existsSync(SERVER) && existsSync(STATIC)
}

/** Adds to the output of `next build` what Next.js leaves out, and removes what it should not contain. */
export async function assemble(): Promise<void> {
  let server = await readFile(SERVER, 'utf8')
  for (const [theirs, ours] of CHANGES) {
    if (!server.includes(theirs))
      throw new Problem('config', `The server script of Next.js does not contain ${JSON.stringify(theirs)}, which has to be changed.`)
    server = server.replace(theirs, ours)
  }
  await writeFile(SERVER, FIRST + server)
  for (const name of readdirSync(STANDALONE)) if (!KEPT.includes(name)) await rm(path.join(STANDALONE, name), { recursive: true })
  await cp('public', path.join(STANDALONE, 'public'), { recursive: true })
  await cp('.next/static', STATIC, { recursive: true })
  await compress(STATIC)
}

/** Puts a copy in each coding beside every file of text, where that is smaller. */
async function compress(folder: string): Promise<void> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => TEXT.test(name))
  const write = async (name: string, pack: (bytes: Buffer) => Promise<Buffer>, end: string) => {
    const file = path.join(folder, name)
    const bytes = await readFile(file)
    const packed = await pack(bytes)
    if (packed.length < bytes.length) await writeFile(file + end, packed)
  }
  const packs = { br: promisify(brotliCompress), gzip: promisify(gzip) } as const
  await Promise.all(files.flatMap((name) => CODINGS.map(([coding, end]) => write(name, packs[coding], end))))
}
