import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import zlib from 'node:zlib'
import { Engine } from './engine.mjs'

/**
 * ClickHouse's HTTP interface (https://clickhouse.com/docs/interfaces/http) for the in-process engine, as far as `@clickhouse/client` uses it:
 * statements, parameters, settings, rows of an INSERT, compression both ways, errors and summaries. `node front.mjs FOLDER [PASSWORD]` listens on
 * loopback, sends `{ port }` to its parent, and ends with it.
 */
const [, , folder, password = ''] = process.argv
const spool = await mkdtemp(join(tmpdir(), 'flowlens-front-'))
const engine = new Engine(folder)
let files = 0

/** Query arguments that are neither settings nor parameters. */
const OWN = new Set(['query', 'query_id', 'database', 'default_format', 'session_id', 'user', 'password', 'role'])
/** Settings of the HTTP server itself. */
const HTTP = new Set(['enable_http_compression', 'send_progress_in_http_headers', 'http_headers_progress_interval_ms', 'wait_end_of_query'])
const STATUS = { 516: 403, 497: 403, 60: 404, 81: 404, 62: 400, 36: 400, 47: 404, 159: 504, 241: 500 }

class Refusal extends Error {}

function authorize(request) {
  const basic = Buffer.from((request.headers.authorization ?? '').replace(/^Basic /, ''), 'base64').toString()
  const given = request.headers['x-clickhouse-key'] ?? basic.slice(basic.indexOf(':') + 1)
  if (password !== '' && given !== password)
    throw new Refusal('Code: 516. DB::Exception: default: Authentication failed: password is incorrect. (AUTHENTICATION_FAILED)')
}

function bodyOf(request) {
  const encoding = request.headers['content-encoding']
  if (encoding === 'gzip') return request.pipe(zlib.createGunzip())
  if (encoding === 'br') return request.pipe(zlib.createBrotliDecompress())
  return request
}

/** Fields of a form (RFC 7578), which the built-in reader would take a leading U+FEFF from. */
function fieldsOf(bytes, type) {
  const boundary = /boundary="?([^";]+)/.exec(type)[1]
  const parts = bytes.toString('latin1').split(`--${boundary}`).slice(1, -1)
  return parts.map((part) => {
    const end = part.indexOf('\r\n\r\n')
    const name = /name="([^"]*)"/.exec(part.slice(0, end))[1]
    return [name, Buffer.from(part.slice(end + 4, -2), 'latin1').toString()]
  })
}

/** The statement with its arguments, and its rows, if any, as a file. */
async function read(request) {
  const given = new URL(request.url, 'http://localhost').searchParams
  const body = bodyOf(request)
  if ((request.headers['content-type'] ?? '').startsWith('multipart/form-data')) {
    for (const [name, value] of fieldsOf(await buffer(body), request.headers['content-type'])) given.set(name, value)
    return { given, query: given.get('query'), file: null }
  }
  if (!given.has('query')) return { given, query: (await buffer(body)).toString(), file: null }
  if (request.method === 'GET') return { given, query: given.get('query'), file: null }
  const file = join(spool, `${files++}.rows`)
  await pipeline(body, createWriteStream(file))
  return { given, query: given.get('query'), file }
}

async function answer(request, response) {
  if (request.url === '/ping') return response.end('Ok.\n')
  authorize(request)
  const { given, query, file } = await read(request)
  const entries = [...given]
  const pick = (keep) => new Map(entries.filter(([name]) => keep(name)))
  const isParameter = (name) => name.startsWith('param_')
  try {
    const settings = pick((name) => !OWN.has(name) && !HTTP.has(name) && !isParameter(name))
    const parameters = new Map([...pick(isParameter)].map(([name, value]) => [name.slice('param_'.length), value]))
    const format = given.get('default_format') ?? 'TabSeparated'
    const result = await engine.run({ query, database: given.get('database') ?? 'default', format, settings, parameters, file })
    const summary = {
      read_rows: `${result.rowsRead}`,
      read_bytes: `${result.bytesRead}`,
      elapsed_ns: `${Math.round(result.elapsed * 1e9)}`,
    }
    response.setHeader('x-clickhouse-query-id', given.get('query_id') ?? '')
    if (given.get('send_progress_in_http_headers') === '1') response.setHeader('x-clickhouse-progress', JSON.stringify(summary))
    response.setHeader('x-clickhouse-summary', JSON.stringify(summary))
    send(request, response, given, Buffer.from(result.bytes()))
  } finally {
    if (file !== null) await rm(file, { force: true })
  }
}

function send(request, response, given, bytes) {
  const zip = given.get('enable_http_compression') === '1' && /\bgzip\b/.test(request.headers['accept-encoding'] ?? '')
  if (zip) response.setHeader('content-encoding', 'gzip')
  response.end(zip ? zlib.gzipSync(bytes, { level: 1 }) : bytes)
}

function fail(response, error) {
  const message = error instanceof Error ? error.message : String(error)
  const code = /^Code: (\d+)/.exec(message)?.[1] ?? '0'
  response.statusCode = STATUS[code] ?? 500
  response.setHeader('x-clickhouse-exception-code', code)
  response.end(`${message} (version chdb)\n`)
}

/** Statements can be part of the URL. Bytes. */
const LONGEST_HEADER = 1_048_576

/** Milliseconds. A client lets go of an idle connection long before, however late its timers are. */
const KEEP_ALIVE = 60_000

const server = createServer({ maxHeaderSize: LONGEST_HEADER, keepAliveTimeout: KEEP_ALIVE }, (request, response) => {
  answer(request, response).catch((error) => fail(response, error))
})

async function end() {
  server.close()
  server.closeAllConnections()
  engine.close()
  await rm(spool, { recursive: true, force: true })
  process.exit(0)
}

process.on('disconnect', end)
process.on('SIGTERM', end)
server.listen(0, '127.0.0.1', () => process.send?.({ port: server.address().port }))
