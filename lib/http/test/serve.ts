import { randomUUID } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ContextFiles } from '@/lib/context/files'
import { readHere } from '@/lib/context/test/here'
import { ReadingPace } from '@/lib/http/server/limits/pace'
import { AnswerMemo } from '@/lib/http/server/memo'
import { openFolders, type Server } from '@/lib/http/server/server'
import type { Road } from '@/lib/ingest/road/road'

type Handler = (request: Request, context: { params: Promise<Record<string, string>> }) => Promise<Response>

/** Opens context files and folders, read in this process. */
export function contextOf(places: readonly string[]): ContextFiles {
  return new ContextFiles(places, readHere, () => {})
}

/** Makes this the server's road. `askAbove` is in bytes. */
export function serve(
  road: Road,
  askAbove = Number.MAX_SAFE_INTEGER,
  dataDir = join(tmpdir(), `flowlens-kept-${randomUUID()}`),
  contextFiles = contextOf([]),
): void {
  const home = globalThis as { [key: symbol]: Promise<Server> }
  home[Symbol.for('flowlens.server')] = Promise.resolve({
    road,
    personal: null,
    contextFiles,
    memo: new AnswerMemo(),
    pace: new ReadingPace(),
    askAbove,
    dataDir,
    ...openFolders(dataDir),
  })
}

export function get(handler: Handler, keys: Record<string, string | string[]> = {}, path: Record<string, string> = {}): Promise<Response> {
  const url = new URL('http://localhost/api')
  for (const [key, value] of Object.entries(keys)) for (const one of [value].flat()) url.searchParams.append(key, one)
  return handler(new Request(url), { params: Promise.resolve(path) })
}

/** A request with a JSON body, as the pages send it. */
export function send(
  handler: Handler,
  method: 'POST' | 'PUT' | 'DELETE',
  {
    body,
    keys = {},
    path = {},
    headers = {},
  }: { body?: unknown; keys?: Record<string, string>; path?: Record<string, string>; headers?: HeadersInit },
): Promise<Response> {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const all = {
    'content-type': 'application/json',
    host: 'localhost',
    origin: 'http://localhost',
    'sec-fetch-site': 'same-origin',
    ...headers,
  }
  const request = new Request(`http://localhost/api?${new URLSearchParams(keys)}`, {
    method,
    headers: all,
    ...(body === undefined ? {} : { body: text }),
  })
  return handler(request, { params: Promise.resolve(path) })
}
