'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type AnswerRoute, fetchAnswer, type RouteAnswers } from '@/components/parts/answer/fetch-answer'
import { useLoad } from '@/components/parts/answer/load/load-provider'
import { quietly } from '@/components/parts/answer/load/read-quietly'
import { useAnswer } from '@/components/parts/answer/use-answer'
import type { TimeSpan } from '@/components/parts/time-range/range-math'
import { useOptions } from '@/components/parts/view/use-options'
import { useView } from '@/components/parts/view/use-view'
import { writeInstant } from '@/lib/link/keys/instant'
import { hoursWithoutData, previousRange } from './previous-range'

/**
 * State of the previous period: `off` not compared, `waits` for the range itself or its own answer, `none` no hour of it holds data, `unread` it needs more
 * reading than is done without asking, `failed` the request failed, `here` it can be compared.
 */
export type PreviousState = 'off' | 'waits' | 'none' | 'unread' | 'failed' | 'here'

export interface Previous {
  state: PreviousState
  range: TimeSpan | null
  /** Hours that the range touches, and those without data. */
  hours: number
  missing: number
  /** Bytes that are not read yet. */
  unread: number
  /** True if the range ends in the future, so that more data will follow. */
  unfinished: boolean
  message: string | null
}

interface Asking {
  previous: Previous
  params: URLSearchParams
}

function useAsking(): Asking {
  const { data: link } = useView()
  const { prev } = useOptions('overview').options
  const { phase } = useLoad()
  const { data, stale, provisional } = useAnswer('timeline')
  const ready = prev && data !== undefined && !stale && !provisional && (phase === 'done' || phase === 'failed')
  const range = ready ? previousRange({ from: Date.parse(data.view.from), to: Date.parse(data.view.to) }, data.bucketMs) : null
  const params = new URLSearchParams(link)
  if (range) {
    params.delete('last')
    params.set('from', writeInstant(range.from))
    params.set('to', writeInstant(range.to))
  }
  const atOnce = new URLSearchParams(params)
  atOnce.set('wait', '0')
  const { data: plan, error: planError } = useQuery({
    queryKey: ['previous', 'plan', params.toString()],
    queryFn: ({ signal }) => fetchAnswer('plan', params, signal),
    enabled: range !== null,
  })
  const { data: coverage, error: coverageError } = useQuery({
    queryKey: ['previous', 'coverage', atOnce.toString()],
    queryFn: ({ signal }) => fetchAnswer('coverage', atOnce, signal),
    enabled: range !== null,
  })
  const holes = coverage && range ? hoursWithoutData(coverage.cells, range) : { missing: 0, hours: 0 }
  const unread = plan ? plan.bytes - plan.cachedBytes : 0
  const error = planError ?? coverageError
  const unfinished = ready && Date.parse(data.view.to) > Date.now()
  let state: PreviousState = 'waits'
  if (!prev) state = 'off'
  else if (ready && range === null) state = 'none'
  else if (error) state = 'failed'
  else if (plan && coverage) state = holes.missing === holes.hours ? 'none' : unread > quietly(plan) ? 'unread' : 'here'
  return { previous: { state, range, ...holes, unread, unfinished, message: error?.message ?? null }, params }
}

/**
 * The answer of one route about the previous period, or undefined; for a moving range the old one stays until the next arrives. Not requested if much would
 * have to be read.
 */
export function usePreviousAnswer<R extends AnswerRoute>(
  route: R,
  extra: Readonly<Record<string, string>> = {},
): { data: RouteAnswers[R] | undefined; previous: Previous } {
  const { data: link } = useView()
  const { previous, params } = useAsking()
  const asked = new URLSearchParams(params)
  for (const [key, value] of Object.entries(extra)) asked.set(key, value)
  const question = link.toString()
  const { data, error } = useQuery({
    queryKey: ['previous', route, asked.toString()],
    queryFn: async ({ signal }) => ({ question, answer: await fetchAnswer(route, asked, signal) }),
    enabled: previous.state === 'here',
    placeholderData: keepPreviousData,
  })
  if (previous.state !== 'here' && previous.state !== 'waits') return { data: undefined, previous }
  if (error) return { data: undefined, previous: { ...previous, state: 'failed', message: error.message } }
  if (data === undefined || data.question !== question) return { data: undefined, previous: { ...previous, state: 'waits' } }
  return { data: data.answer, previous }
}
