'use client'

import { useQuery } from '@tanstack/react-query'
import { fetchAnswer } from '@/components/parts/answer/fetch-answer'
import { useLoad } from '@/components/parts/answer/load/load-provider'
import { quietly } from '@/components/parts/answer/load/read-quietly'
import { hoursWithoutData } from '@/components/parts/previous/previous-range'
import type { Range } from '@/components/parts/time-range/range-math'
import { useRange } from '@/components/parts/time-range/use-range'
import { both } from '@/components/parts/view/both'
import { useView } from '@/components/parts/view/use-view'
import { type Baseline, baselineOf } from '@/lib/flow/baseline'
import type { KeyField } from '@/lib/flow/fields'
import { writeInstant } from '@/lib/link/keys/instant'
import { addTerm } from '@/lib/link/language/edit'
import { type Changes, changesOf } from './compare'

/** So many values of each side are compared, those with the most tuples. */
export const COMPARED = 50

export interface Basis {
  /** `unread` it needs more reading than is done without asking, `none` no hour of it holds data, `here` it can be compared. */
  state: 'waits' | 'unread' | 'none' | 'failed' | 'here'
  range: Range
  now: Range
  hours: number
  missing: number
  unread: number
}

function within(link: URLSearchParams, { from, to }: Range, more: Readonly<Record<string, string>> = {}): URLSearchParams {
  const params = new URLSearchParams(link)
  params.delete('last')
  params.set('from', writeInstant(from))
  params.set('to', writeInstant(to))
  for (const [key, value] of Object.entries(more)) params.set(key, value)
  return params
}

/** The baseline of the current range, and how much of it the logs cover; null for none. */
export function useBaseline(baseline: Baseline): Basis | null {
  const { data: link } = useView()
  const { phase } = useLoad()
  const now = useRange()
  const range = now && (phase === 'done' || phase === 'failed') ? baselineOf(now, baseline) : null
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

/** What changed in the values of a field against the baseline: those of either side are asked for on the other one. */
export function useChanges(
  basis: Basis | null,
  field: KeyField,
  term: string | undefined,
): { changes: Changes | null; error: Error | null } {
  const { data: link, q } = useView()
  const own = term === undefined ? q : both(q, term)
  const { data, error } = useQuery({
    queryKey: ['baseline', 'changes', field, own, link.toString(), basis?.range],
    enabled: basis?.state === 'here',
    queryFn: async ({ signal }) => {
      const { range, now, hours, missing } = basis!
      const ask = async (at: Range, filter: string) => {
        const params = within(link, at, { q: filter, by: field, limit: String(COMPARED) })
        if (filter === '') params.delete('q')
        const { rows } = await fetchAnswer('talkers', params, signal)
        return new Map(rows.map(({ key, tuples }) => [[key].flat()[0]!, tuples]))
      }
      const among = (values: string[]) => both(own, `(${values.map((value) => addTerm('', field, value)).join(' or ')})`)
      const others = async (at: Range, values: string[]) => (values.length === 0 ? new Map<string, number>() : ask(at, among(values)))
      const [here, there] = await Promise.all([ask(now, own), ask(range, own)])
      const [hereToo, thereToo] = await Promise.all([
        others(
          now,
          [...there.keys()].filter((value) => !here.has(value)),
        ),
        others(
          range,
          [...here.keys()].filter((value) => !there.has(value)),
        ),
      ])
      const rows = [...new Set([...here.keys(), ...there.keys()])].map((value) => ({
        value,
        now: here.get(value) ?? hereToo.get(value) ?? 0,
        before: there.get(value) ?? thereToo.get(value) ?? 0,
      }))
      const covered = ((range.to - range.from) * (hours - missing)) / Math.max(1, hours)
      return changesOf(rows, (now.to - now.from) / Math.max(1, covered))
    },
  })
  return { changes: data ?? null, error }
}
