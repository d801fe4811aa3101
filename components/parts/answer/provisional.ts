import type { QueryClient } from '@tanstack/react-query'
import type { TimelineAnswer } from '@/lib/flow/answer/traffic/timeline'
import type { AskedRange } from '@/lib/flow/view/view'

/** Keys about the time or the form of an answer, not its subject. */
const ABOUT_TIME = ['from', 'to', 'last', 'wait'] as const

/** Returns the question without its range, in canonical form. */
export function timeless(params: string): string {
  const rest = new URLSearchParams(params)
  for (const key of ABOUT_TIME) rest.delete(key)
  rest.sort()
  return rest.toString()
}

function covers({ view }: TimelineAnswer, from: number, to: number): boolean {
  return Date.parse(view.from) <= from && Date.parse(view.to) >= to
}

/**
 * The timeline of [from, to) (epoch milliseconds) cut from answers to the same question about wider ranges: the buckets inside it, of the finest answer that
 * covers all of it. Null if none does.
 */
export function narrowTimeline(held: readonly TimelineAnswer[], from: number, to: number): TimelineAnswer | null {
  const [finest] = held.filter((answer) => covers(answer, from, to)).sort((a, b) => a.bucketMs - b.bucketMs)
  if (finest === undefined) return null
  const { bucketMs, buckets, view } = finest
  return {
    ...finest,
    view: { ...view, from: new Date(from).toISOString(), to: new Date(to).toISOString() },
    buckets: buckets.filter(({ t }) => t < to && t + bucketMs > from),
  }
}

/** A provisional timeline from memory for a question without an answer; see `narrowTimeline`. Null for moving ranges. */
export function provisionalTimeline(client: QueryClient, question: string, range: AskedRange): TimelineAnswer | null {
  if (range.kind !== 'fixed' || range.to === null) return null
  const same = timeless(question)
  const held = client
    .getQueriesData<{ answer: TimelineAnswer }>({ queryKey: ['answer', 'timeline'] })
    .flatMap(([key, data]) => (data !== undefined && timeless(String(key[2])) === same ? [data.answer] : []))
  return narrowTimeline(held, range.from, range.to)
}
