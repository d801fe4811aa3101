'use client'

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useView } from '@/components/view/use-view'
import type { Coverage } from '@/lib/flow/answers'
import { AnswerError } from './answer-error'
import { type Answers, fetchAnswer, type Route, SET_UP } from './fetch-answer'
import { useLoad } from './load-provider'
import { AS_IT_IS } from './load-state'
import { provisionalTimeline } from './provisional'
import { questionParams } from './question'

/** While the range is being read, partial answers are asked again this often. Milliseconds. */
const AGAIN = 1500

/**
 * What a panel may show. `data` is undefined until there is something to show; `stale` means that it answers the question before
 * this one; `provisional` that it was put together from answers in memory while this question's own is on its way; `partial` that not
 * all of the range has been read and figures may still grow.
 */
export interface Answered<T> {
  data: T | undefined
  error: AnswerError | null
  loading: boolean
  stale: boolean
  provisional: boolean
  partial: boolean
  /** When `data` came, epoch milliseconds; 0 before. */
  at: number
  retry: () => void
}

/** Routes that read no blob, so they know no `wait`. */
const AT_ONCE: readonly Route[] = ['plan']
/** Reading is the load's business alone: logs that only files tell of are listed once it is done. */
const SET_UP_KEYS: Partial<Record<Route, Record<string, string>>> = { logs: { wait: '0' } }

interface Held<R extends Route> {
  question: string
  answer: Answers[R]
  provisional?: boolean
}

function toAnswerFailure(error: unknown): AnswerError | null {
  if (error === null) return null
  if (error instanceof AnswerError) return error
  return new AnswerError(error instanceof Error ? error.message : String(error), { kind: 'unknown', status: 0 })
}

/**
 * The answer to the link's question from one route of the API, kept current while the range is read.
 * `extra` adds the route's own keys (`by`, `metric`, `limit`, …), or replaces one of the link's; leave defaults out.
 */
export function useAnswer<R extends Route>(
  route: R,
  extra: Readonly<Record<string, string>> = {},
  { enabled = true }: { enabled?: boolean } = {},
): Answered<Answers[R]> {
  const { data: viewParams, asked } = useView()
  const client = useQueryClient()
  const { phase } = useLoad()
  const setUp = SET_UP.includes(route)
  const params = setUp
    ? new URLSearchParams(SET_UP_KEYS[route])
    : questionParams(viewParams, extra, AT_ONCE.includes(route) ? 'done' : phase)
  const question = setUp ? '' : questionParams(viewParams, extra, 'done').toString()
  const fromMemory = (): Held<R> | undefined => {
    const answer = route === 'timeline' ? provisionalTimeline(client, question, asked.range) : null
    return answer === null ? undefined : { question, answer: answer as Answers[R], provisional: true }
  }
  const query = useQuery({
    queryKey: ['answer', route, params.toString()],
    queryFn: async ({ signal }): Promise<Held<R>> => ({ question, answer: await fetchAnswer(route, params, signal) }),
    enabled: enabled && (setUp || (phase !== 'starting' && phase !== 'blocked')),
    placeholderData: (previous) => (previous?.question === question ? previous : (fromMemory() ?? previous)),
    refetchInterval: !setUp && phase === 'reading' ? AGAIN : false,
  })
  const data = query.data?.answer
  const error = phase === 'blocked' && !setUp ? null : toAnswerFailure(query.error)
  return {
    data,
    error,
    loading: data === undefined && error === null,
    stale: data !== undefined && query.data?.question !== question,
    provisional: query.data?.provisional === true,
    partial: AS_IT_IS.includes(phase) && isIncomplete(data),
    at: query.dataUpdatedAt,
    retry: () => void query.refetch(),
  }
}

function isIncomplete(data: unknown): boolean {
  return typeof data === 'object' && data !== null && 'coverage' in data && !(data.coverage as Coverage).complete
}
