'use client'

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useView } from '@/components/parts/view/use-view'
import { allRead } from '@/lib/flow/answer/all-read'
import type { Coverage } from '@/lib/flow/answer/answer'
import { SET_UP } from '@/lib/link/set-up'
import { AnswerError } from './answer-error'
import { type AnswerRoute, fetchAnswer, type RouteAnswers } from './fetch-answer'
import { useLoad } from './load/load-provider'
import { AS_IT_IS } from './load/load-state'
import { provisionalTimeline } from './provisional'
import { questionParams } from './question'

/** Interval in milliseconds at which partial answers are requested again while the range is being read. */
const AGAIN = 1500

/**
 * An answer as a panel shows it. `data` is undefined until there is something to show; `stale` means that it answers the previous question; `provisional` that
 * it was made from cached answers while its own is on the way; `partial` that the range is not fully read and figures may still grow.
 */
export interface Answered<T> {
  data: T | undefined
  error: AnswerError | null
  loading: boolean
  stale: boolean
  provisional: boolean
  partial: boolean
  /** True while the request is running; `data` may be the previous answer. */
  asking: boolean
  /** Time at which `data` arrived, epoch milliseconds; 0 before. */
  at: number
  retry: () => void
}

/** Only the load reads: logs known only from files are listed once it is done. */
const SET_UP_PARAMS: Partial<Record<AnswerRoute, string>> = { logs: 'wait=0' }

interface Held<R extends AnswerRoute> {
  question: string
  answer: RouteAnswers[R]
  provisional?: boolean
}

function toAnswerFailure(error: unknown): AnswerError | null {
  if (error === null) return null
  if (error instanceof AnswerError) return error
  return new AnswerError(error instanceof Error ? error.message : String(error), { kind: 'unknown', status: 0 })
}

/**
 * The answer of one API route to the link's question, kept current while the range is read. `extra` adds the route's own keys (`by`, `metric`, `limit`, …), or
 * replaces one of the link's; leave defaults out.
 */
export function useAnswer<R extends AnswerRoute>(
  route: R,
  extra: Readonly<Record<string, string>> = {},
  { enabled = true }: { enabled?: boolean } = {},
): Answered<RouteAnswers[R]> {
  const { data: viewParams, asked } = useView()
  const client = useQueryClient()
  const { phase } = useLoad()
  const setUp = route in SET_UP
  // A plan reads no blob, so it has no key `wait`.
  const params = setUp ? new URLSearchParams(SET_UP_PARAMS[route]) : questionParams(viewParams, extra, route === 'plan' ? 'done' : phase)
  const question = setUp ? '' : questionParams(viewParams, extra, 'done').toString()
  const fromMemory = (): Held<R> | undefined => {
    const answer = route === 'timeline' ? provisionalTimeline(client, question, asked.range) : null
    return answer === null ? undefined : { question, answer: answer as RouteAnswers[R], provisional: true }
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
    asking: query.isFetching,
    at: query.dataUpdatedAt,
    retry: () => void query.refetch(),
  }
}

function isIncomplete(data: unknown): boolean {
  return typeof data === 'object' && data !== null && 'coverage' in data && !allRead(data.coverage as Coverage)
}
