import { noteAnswer, noteRefusal } from '@/components/sign-in/session'
import type {
  FlowAnswer,
  HealthAnswer,
  HostAnswer,
  LogsAnswer,
  NeighboursAnswer,
  PlanAnswer,
  RulesAnswer,
  ScansAnswer,
  TalkersAnswer,
  TimelineAnswer,
  TuplesAnswer,
  ValuesAnswer,
} from '@/lib/flow/answers'
import type { CountersAnswer } from '@/lib/flow/counters-answer'
import type { CoverageAnswer } from '@/lib/flow/coverage-answer'
import type { EvidenceAnswer } from '@/lib/flow/evidence-answer'
import type { FlipsAnswer } from '@/lib/flow/flips-answer'
import type { HolesAnswer } from '@/lib/flow/holes-answer'
import type { RuleAnswer } from '@/lib/flow/rule-answer'
import { AnswerError, toAnswerError } from './answer-error'

/** What each route of the API answers with. */
export interface Answers {
  counters: CountersAnswer
  coverage: CoverageAnswer
  evidence: EvidenceAnswer
  flips: FlipsAnswer
  health: HealthAnswer
  holes: HolesAnswer
  host: HostAnswer
  logs: LogsAnswer
  plan: PlanAnswer
  rule: RuleAnswer
  rules: RulesAnswer
  scans: ScansAnswer
  talkers: TalkersAnswer
  timeline: TimelineAnswer
  tuples: TuplesAnswer
  values: ValuesAnswer
  [flow: `tuples/${string}/flow`]: FlowAnswer
  [neighbours: `tuples/${string}/neighbours`]: NeighboursAnswer
}
export type Route = keyof Answers

/** Routes that are about the set-up and not about a view: they take none of its keys, and know more after a load. */
export const SET_UP: readonly Route[] = ['health', 'logs']

/**
 * Asks `/api/<path>` and returns the body. A response that is not a success, or is no JSON, throws an AnswerError; an abort passes
 * through as the DOMException that fetch throws.
 */
export function fetchJson<T>(path: string, params: URLSearchParams, signal: AbortSignal): Promise<T> {
  const search = params.toString()
  return requestJson(`${path}${search === '' ? '' : `?${search}`}`, { signal, headers: { accept: 'application/json' } })
}

/** Sends a JSON body to `/api/<path>` and returns what comes back, as `fetchJson` does. */
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
    throw new AnswerError('The server could not be reached.', { kind: 'network', status: 0 })
  }
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
