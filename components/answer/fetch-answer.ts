import type {
  CoverageAnswer,
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
import type { FlipsAnswer } from '@/lib/flow/flips-answer'
import type { RuleAnswer } from '@/lib/flow/rule-answer'
import { AnswerError, toAnswerError } from './answer-error'

/** What each route of the API answers with. */
export interface Answers {
  counters: CountersAnswer
  coverage: CoverageAnswer
  flips: FlipsAnswer
  health: HealthAnswer
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
export async function fetchJson<T>(path: string, params: URLSearchParams, signal: AbortSignal): Promise<T> {
  const search = params.toString()
  let response: Response
  try {
    response = await fetch(`/api/${path}${search === '' ? '' : `?${search}`}`, { signal, headers: { accept: 'application/json' } })
  } catch (cause) {
    if (signal.aborted) throw cause
    throw new AnswerError('The server could not be reached.', { kind: 'network', status: 0 })
  }
  const body: unknown = await response.json().catch(() => null)
  if (!response.ok) throw toAnswerError(response.status, body)
  if (body === null) throw new AnswerError('The server sent something that is not JSON.', { kind: 'network', status: response.status })
  return body as T
}

export function fetchAnswer<R extends Route>(route: R, params: URLSearchParams, signal: AbortSignal): Promise<Answers[R]> {
  return fetchJson<Answers[R]>(route, params, signal)
}
