'use client'

import { useQuery } from '@tanstack/react-query'
import { fetchAnswer } from '@/components/parts/answer/fetch-answer'
import { useLoad } from '@/components/parts/answer/load/load-provider'
import { quietly } from '@/components/parts/answer/load/read-quietly'
import { hoursWithoutData } from '@/components/parts/previous/previous-range'
import type { TimeSpan } from '@/components/parts/time-range/range-math'
import { useRange } from '@/components/parts/time-range/use-range'
import { useView } from '@/components/parts/view/use-view'
import { type Baseline, baselineOf } from '@/lib/flow/time/baseline'
import { writeInstant } from '@/lib/link/keys/instant'

export interface BaselineBasis {
  /** `waits` for the range itself, `unread` it needs more reading than is done without asking, `none` no hour of it holds data, `here` it can be compared. */
  state: 'waits' | 'unread' | 'none' | 'failed' | 'here'
  range: TimeSpan
  now: TimeSpan
  hours: number
  missing: number
  unread: number
}

/** The question of a link about another range. */
export function within(link: URLSearchParams, { from, to }: TimeSpan, more: Readonly<Record<string, string>> = {}): URLSearchParams {
  const params = new URLSearchParams(link)
  params.delete('last')
  params.set('from', writeInstant(from))
  params.set('to', writeInstant(to))
  for (const [key, value] of Object.entries(more)) params.set(key, value)
  return params
}

/** The baseline of the current range, and how much of it the logs cover; null for none. */
export function useBaseline(baseline: Baseline | null): BaselineBasis | null {
  const { data: link } = useView()
  const { phase } = useLoad()
  const now = useRange()
  const range = now && baseline !== null && (phase === 'done' || phase === 'failed') ? baselineOf(now, baseline) : null
  const params = range === null ? null : within(link, range)
  const plan = useQuery({
    queryKey: ['baseline', 'plan', params?.toString()],
    queryFn: ({ signal }) => fetchAnswer('plan', params!, signal),
    enabled: params !== null,
  })
  const coverage = useQuery({
    queryKey: ['baseline', 'coverage', params?.toString()],
    queryFn: ({ signal }) => fetchAnswer('coverage', within(link, range!, { wait: '0' }), signal),
    enabled: params !== null,
  })
  if (range === null || now === null) return null
  const unread = plan.data ? plan.data.bytes - plan.data.cachedBytes : 0
  const known = coverage.data ? hoursWithoutData(coverage.data.cells, range) : { missing: 0, hours: 0 }
  const state =
    (plan.error ?? coverage.error)
      ? 'failed'
      : !plan.data || !coverage.data
        ? 'waits'
        : known.missing === known.hours
          ? 'none'
          : unread > quietly(plan.data)
            ? 'unread'
            : 'here'
  return { state, range, now, ...known, unread }
}
