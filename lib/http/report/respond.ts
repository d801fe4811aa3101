import type { ErrorAnswer } from '@/lib/flow/answer/error'
import { Problem, type ProblemKind } from '@/lib/flow/problem'
import { masked } from './secrets'

const STATUS: Record<ProblemKind, number> = {
  ask: 400,
  signin: 401,
  denied: 403,
  absent: 404,
  conflict: 409,
  limit: 429,
  changed: 502,
  source: 502,
  slow: 504,
  busy: 503,
  cancelled: 499,
  config: 500,
  store: 500,
}

const HEADERS = { 'cache-control': 'private, no-store', vary: 'Cookie', 'x-content-type-options': 'nosniff' }

const sizes = new WeakMap<Response, number>()

/** Returns the size in bytes of an answer that was completed before sending, or null for a stream. */
export function sizeOf(response: Response): number | null {
  return sizes.get(response) ?? null
}

export function respondText(text: string, type: string, requestId: string, { status = 200, headers = {} } = {}): Response {
  const bytes = new TextEncoder().encode(text)
  const response = new Response(bytes, { status, headers: { ...HEADERS, 'content-type': type, 'x-request-id': requestId, ...headers } })
  sizes.set(response, bytes.length)
  return response
}

export function respondJson(body: unknown, requestId: string, status = 200): Response {
  return respondText(JSON.stringify(body), 'application/json', requestId, { status })
}

export function respondEmpty(status: number, requestId: string): Response {
  return new Response(null, { status, headers: { ...HEADERS, 'x-request-id': requestId } })
}

/** Redirects the browser with a GET and without a referrer. */
export function respondRedirect(location: string, cookies: readonly string[], requestId: string): Response {
  const headers = new Headers({ ...HEADERS, location, 'referrer-policy': 'no-referrer', 'x-request-id': requestId })
  for (const cookie of cookies) headers.append('set-cookie', cookie)
  return new Response(null, { status: 303, headers })
}

export function respondStream(stream: ReadableStream<Uint8Array>, requestId: string, headers: Record<string, string>): Response {
  return new Response(stream, { headers: { ...HEADERS, 'x-request-id': requestId, 'x-accel-buffering': 'no', ...headers } })
}

export function toErrorAnswer(problem: Problem, requestId: string): ErrorAnswer {
  const { kind, message, key, at } = problem
  return { error: { kind, message: masked(message), key: key ?? null, at: at ?? null, requestId } }
}

/** Turns any other error into a Problem without details; the log has them. */
export function asProblem(error: unknown): Problem {
  return error instanceof Problem
    ? error
    : new Problem('store', 'The server failed while answering; its log has the details', { cause: error })
}

export function respondProblem(problem: Problem, requestId: string): Response {
  const response = respondJson(toErrorAnswer(problem, requestId), requestId, STATUS[problem.kind])
  if (problem.retryAfter !== undefined) response.headers.set('retry-after', String(problem.retryAfter))
  return response
}
