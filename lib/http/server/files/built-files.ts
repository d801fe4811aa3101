import { readdirSync, readFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { extname, join, sep } from 'node:path'
import { HEADERS } from './headers.mjs'

/** Codings that the build prepares (scripts/app/standalone.ts), the best first, and the ends of their files' names. */
export const CODINGS = [
  ['br', '.br'],
  ['gzip', '.gz'],
] as const

const PREFIX = '/_next/static/'
const TYPES: Readonly<Record<string, string>> = {
  '.js': 'application/javascript; charset=UTF-8',
  '.css': 'text/css; charset=UTF-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
}
/** Questions that only Next.js answers: for a part, or whether a file has changed. */
const SPECIAL = ['range', 'if-none-match', 'if-modified-since', 'if-range', 'if-match', 'if-unmodified-since'] as const

/** Returns the codings that a client takes (RFC 9110, 12.5.3). */
function taken(accept: string): ReadonlySet<string> {
  const some = accept.split(',').flatMap((one) => {
    const [name, ...parameters] = one.split(';').map((part) => part.trim().toLowerCase())
    return parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter)) ? [] : [name!]
  })
  return new Set(some)
}

/**
 * The files of the build whose names change with their contents: compressed once by the build, and answered before Next.js, which would compress them for every
 * page anew.
 */
export class BuiltFiles {
  private readonly names: ReadonlySet<string>
  private readonly read = new Map<string, Buffer>()

  /** `folder` is served as `/_next/static`. */
  constructor(private readonly folder: string) {
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => name.split(sep).join('/'))
    this.names = new Set(files)
  }

  /** Answers a request for a path (GET or HEAD). False if it is none of these files, or the request has one of the headers in SPECIAL. */
  answer(path: string, request: IncomingMessage, response: ServerResponse): boolean {
    if (!path.startsWith(PREFIX)) return false
    const name = path.slice(PREFIX.length)
    const type = TYPES[extname(name)]
    if (type === undefined || !this.names.has(name) || SPECIAL.some((header) => header in request.headers)) return false
    const codings = taken(String(request.headers['accept-encoding'] ?? ''))
    const coding = CODINGS.find(([coding, end]) => codings.has(coding) && this.names.has(name + end))
    const bytes = this.bytes(name + (coding?.[1] ?? ''))
    response.writeHead(200, {
      ...HEADERS,
      'cache-control': 'public, max-age=31536000, immutable',
      'content-type': type,
      'content-length': bytes.length,
      vary: 'Accept-Encoding',
      ...(coding && { 'content-encoding': coding[0] }),
    })
    response.end(request.method === 'HEAD' ? undefined : bytes)
    return true
  }

  private bytes(name: string): Buffer {
    const known = this.read.get(name)
    if (known !== undefined) return known
    const bytes = readFileSync(join(this.folder, name))
    this.read.set(name, bytes)
    return bytes
  }
}
