import { noteAnswer, noteRefusal } from '@/components/parts/session/session'
import type { SetUpAnswers } from '@/lib/link/set-up'
import type { Answers as ViewAnswers } from '@/lib/link/views'
import { AnswerError, toAnswerError } from './answer-error'
import { noteReached } from './connection'

/** The answer of each API route, by path. */
export type RouteAnswers = ViewAnswers & SetUpAnswers
export type AnswerRoute = keyof RouteAnswers

/**
 * Requests `/api/<path>` and returns the body.
 * @throws AnswerError if the response is not a success or not JSON; fetch's DOMException on abort
 */
export function fetchJson<T>(path: string, params: URLSearchParams, signal: AbortSignal): Promise<T> {
  const search = params.toString()
  return requestJson(`${path}${search === '' ? '' : `?${search}`}`, { signal, headers: { accept: 'application/json' } })
}

/** Sends a JSON body to `/api/<path>` and returns the response, as `fetchJson` does. */
export function sendJson<T>(method: 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown): Promise<T> {
  const headers = { accept: 'application/json', 'content-type': 'application/json' }
  return requestJson(path, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })
}

/** Longest `Retry-After` that is followed automatically, in seconds, and the maximum number of requests. */
const SOON = 2
const TRIES = 5

/** Sends a request. If the server is busy, sends it again when the server says so. */
async function patiently(url: string, init: RequestInit): Promise<Response> {
  for (let tries = 1; ; tries++) {
    const response = await fetch(url, init)
    const later = Number(response.headers.get('retry-after') ?? Number.NaN)
    const mayWait =
      (response.status === 503 || response.status === 429) && later <= SOON && tries < TRIES && (init.method ?? 'GET') === 'GET'
    if (!mayWait) return response
    void response.body?.cancel()
    // Spread, so that waiting requests do not all return at the same time.
    await new Promise((resolve) => setTimeout(resolve, later * 1000 * (0.5 + Math.random())))
    init.signal?.throwIfAborted()
  }
}

async function requestJson<T>(path: string, init: RequestInit): Promise<T> {
  let response: Response
  try {
    response = await patiently(`/api/${path}`, init)
  } catch (cause) {
    if (init.signal?.aborted) throw cause
    noteReached(false)
    throw new AnswerError('The server could not be reached.', { kind: 'network', status: 0 })
  }
  noteReached(true)
  const body: unknown = await response.json().catch(() => null)
  if (response.status === 401) noteRefusal()
  else if (response.ok && !path.startsWith('auth/')) noteAnswer()
  if (!response.ok) throw toAnswerError(response.status, body)
  if (body === null) throw new AnswerError('The server sent something that is not JSON.', { kind: 'network', status: response.status })
  return body as T
}

export function fetchAnswer<R extends AnswerRoute>(route: R, params: URLSearchParams, signal: AbortSignal): Promise<RouteAnswers[R]> {
  return fetchJson<RouteAnswers[R]>(route, params, signal)
}
