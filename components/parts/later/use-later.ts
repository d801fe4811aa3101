'use client'

import { useQuery } from '@tanstack/react-query'
import { fetchAnswer, type RouteAnswers } from '@/components/parts/answer/fetch-answer'
import { quietly } from '@/components/parts/answer/load/read-quietly'
import { useAnswer } from '@/components/parts/answer/use-answer'
import { useView } from '@/components/parts/view/use-view'
import type { ResolvedView } from '@/lib/flow/answer/answer'
import { writeInstant } from '@/lib/link/keys/instant'

/**
 * State of the time after a range: `none` there is no data after it, `looking`, `unread` it needs more reading than is done without asking, `failed`, `here`
 * there is an answer from the start of the range to the newest data.
 */
export type LaterState = 'none' | 'looking' | 'unread' | 'failed' | 'here'

export interface Later<T> {
  state: LaterState
  /** End of the known time, epoch milliseconds. */
  until: number
  data: T | undefined
}

/** Returns the answer of a route for the view, extended from its end to the newest data. */
export function useLater<R extends 'scans' | 'flips'>(
  route: R,
  view: ResolvedView,
  extra: Readonly<Record<string, string>>,
): Later<RouteAnswers[R]> {
  const { data: link, asked } = useView()
  const health = useAnswer('health').data
  const newest = health?.newest ? Date.parse(health.newest) : null
  const until = newest === null ? Date.parse(view.to) : Math.min(newest, asked.asof ?? newest)
  const lies = until >= Date.parse(view.to)
  const params = new URLSearchParams(link)
  params.delete('last')
  params.set('from', view.from)
  params.set('to', writeInstant(Math.floor(until / 1000) * 1000 + 1000))
  const plan = useQuery({
    queryKey: ['later', 'plan', params.toString()],
    queryFn: ({ signal }) => fetchAnswer('plan', params, signal),
    enabled: lies,
  })
  const unread = plan.data !== undefined && plan.data.bytes - plan.data.cachedBytes > quietly(plan.data)
  const own = new URLSearchParams([...params, ...Object.entries(extra)])
  const answer = useQuery({
    queryKey: ['later', route, own.toString()],
    queryFn: ({ signal }) => fetchAnswer(route, own, signal),
    enabled: lies && plan.data !== undefined && !unread,
  })
  const failed = plan.error !== null || answer.error !== null || (answer.data !== undefined && !answer.data.coverage.complete)
  const state: LaterState =
    health === undefined ? 'looking' : !lies ? 'none' : failed ? 'failed' : unread ? 'unread' : answer.data ? 'here' : 'looking'
  return { state, until, data: state === 'here' ? answer.data : undefined }
}
