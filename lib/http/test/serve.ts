import pino from 'pino'
import type { Road } from '@/lib/ingest/road'
import { Memo } from '../memo'
import type { Server } from '../server'

type Handler = (request: Request, context: { params: Promise<Record<string, string>> }) => Promise<Response>

/** Makes this road the server's. */
export function serve(road: Road): void {
  const home = globalThis as { [key: symbol]: Promise<Server> }
  home[Symbol.for('flowlens.server')] = Promise.resolve({ road, memo: new Memo(), log: pino({ level: 'silent' }) })
}

export function get(handler: Handler, keys: Record<string, string | string[]> = {}, path: Record<string, string> = {}): Promise<Response> {
  const url = new URL('http://localhost/api')
  for (const [key, value] of Object.entries(keys)) for (const one of [value].flat()) url.searchParams.append(key, one)
  return handler(new Request(url), { params: Promise.resolve(path) })
}
