import { noteAnswer, noteRefusal } from '@/components/parts/session/session'
import type { SetUpAnswers } from '@/lib/link/set-up'
import type { Answers as ViewAnswers } from '@/lib/link/views'
import { AnswerError, toAnswerError } from './answer-error'
import { noteReached } from './connection'

/** The answer of each API route, by path. */
export type Answers = ViewAnswers & SetUpAnswers
export type Route = keyof Answers

/** Requests `/api/<path>` and returns the body. A response that is no success or no JSON throws an AnswerError; an abort throws the DOMException of fetch. */
export function fetchJson<T>(path: string, params: URLSearchParams, signal: AbortSignal): Promise<T> {
  const search = params.toString()
  return requestJson(`${path}${search === '' ? '' : `?${search}`}`, { signal, headers: { accept: 'application/json' } })
}

/** Sends a JSON body to `/api/<path>` and returns the response, as `fetchJson` does. */
export function sendJson<T>(method: 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown): Promise<T> {
  const headers = { accept: 'application/json', 'content-type': 'application/json' }
  return requestJson(path, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })
}

async function requestJson<T>(path: string, init: RequestInit): Promise<T> {
  let response: Response
  try {
    response = await fetch(`/api/${path}`, init)
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

export function fetchAnswer<R extends Route>(route: R, params: URLSearchParams, signal: AbortSignal): Promise<Answers[R]> {
  return fetchJson<Answers[R]>(route, params, signal)
}
