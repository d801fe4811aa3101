import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BuiltFiles } from './built-files'

const SCRIPT = 'console.log("one")\n'.repeat(100)

let dir: string
let server: Server

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'flowlens-built-'))
  mkdirSync(join(dir, 'static/chunks'), { recursive: true })
  const write = (name: string, bytes: string | Buffer) => writeFileSync(join(dir, name), bytes)
  write('static/chunks/one.js', SCRIPT)
  write('static/chunks/one.js.br', brotliCompressSync(SCRIPT))
  write('static/chunks/one.js.gz', gzipSync(SCRIPT))
  write('static/plain.css', 'a{}')
  write('static/data.json', '{}')
  write('secret.js', 'secret')
  const files = new BuiltFiles(join(dir, 'static'))
  server = createServer((asked, response) => {
    if (!files.answer(asked.url!, asked, response)) response.writeHead(404).end('theirs')
  }).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
})

afterAll(async () => {
  await new Promise((resolve) => server.close(resolve))
  rmSync(dir, { recursive: true, force: true })
})

function ask(path: string, headers: Record<string, string> = {}, method = 'GET') {
  const { port } = server.address() as AddressInfo
  return new Promise<{ status: number; headers: NodeJS.Dict<string | string[]>; body: Buffer }>((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, path: `/_next/static/${path}`, headers, method }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () => resolve({ status: response.statusCode!, headers: response.headers, body: Buffer.concat(chunks) }))
    })
    asked.on('error', reject).end()
  })
}

describe('a file of the build', () => {
  it.each([
    ['gzip, deflate, br, zstd', 'br', brotliDecompressSync],
    ['gzip, deflate', 'gzip', gunzipSync],
    ['br;q=0, gzip;q=0.5', 'gzip', gunzipSync],
    ['GZIP', 'gzip', gunzipSync],
    ['identity', undefined, (bytes: Buffer) => bytes],
    ['', undefined, (bytes: Buffer) => bytes],
    ['br;q=0.0,gzip; q=0', undefined, (bytes: Buffer) => bytes],
  ] as const)('comes in the best coding of: %s', async (accept, coding, unpack) => {
    const { status, headers, body } = await ask('chunks/one.js', { 'accept-encoding': accept })
    expect([status, headers['content-encoding'], unpack(body).toString()]).toEqual([200, coding, SCRIPT])
    expect(headers).toMatchObject({
      'content-type': 'application/javascript; charset=UTF-8',
      'content-length': String(body.length),
      'cache-control': 'public, max-age=31536000, immutable',
      vary: 'Accept-Encoding',
      'x-content-type-options': 'nosniff',
    })
  })

  it('comes as it is if the build has no other form of it', async () => {
    const { headers, body } = await ask('plain.css', { 'accept-encoding': 'br, gzip' })
    expect([headers['content-encoding'], headers['content-type'], body.toString()]).toEqual([undefined, 'text/css; charset=UTF-8', 'a{}'])
  })

  it('has no body for HEAD', async () => {
    const { status, headers, body } = await ask('chunks/one.js', {}, 'HEAD')
    expect([status, headers['content-length'], body.length]).toEqual([200, String(SCRIPT.length), 0])
  })
})

it.each([
  ['a file that is not there', 'chunks/two.js', {}],
  ['a folder', 'chunks', {}],
  ['a coding by its own name', 'chunks/one.js.br', {}],
  ['a kind of file that it does not know', 'data.json', {}],
  ['a file outside of the folder', '../secret.js', {}],
  ['a part', 'chunks/one.js', { range: 'bytes=0-1' }],
  ['a change', 'chunks/one.js', { 'if-none-match': '"x"' }],
] as const)('leaves a request for %s to Next.js', async (_, path, headers) => {
  const { status, body } = await ask(path, headers)
  expect([status, body.toString()]).toEqual([404, 'theirs'])
})
