'use client'

import { useQuery } from '@tanstack/react-query'
import { fetchAnswer } from '@/components/parts/answer/fetch-answer'
import type { TimeSpan } from '@/components/parts/time-range/range-math'
import { terms } from '@/components/parts/value/address-terms'
import { both } from '@/components/parts/view/both'
import { useView } from '@/components/parts/view/use-view'
import type { KeyField } from '@/lib/flow/field/fields'
import { type Change, changesOf } from './compare'
import { type BaselineBasis, within } from './use-baseline'

/** So many values of each side are compared, those with the most tuples. */
export const COMPARED = 50

/** A key as text, equal for equal keys. */
export function keyText(key: readonly string[]): string {
  return JSON.stringify(key)
}

/**
 * Returns the changes in the values of a field, or of a pair, against the baseline: those with the most tuples on either side are asked for on the other one.
 * `shown` are keys of the range to compare instead of its largest; `term` narrows the link's filter.
 */
export function useChanges(
  basis: BaselineBasis | null,
  by: readonly KeyField[],
  { term, shown }: { term?: string | undefined; shown?: readonly (readonly string[])[] } = {},
): { changes: Change[] | null; error: Error | null } {
  const { data: link, q } = useView()
  const own = term === undefined ? q : both(q, term)
  const { data, error } = useQuery({
    queryKey: ['baseline', 'changes', by, own, link.toString(), basis?.range, shown],
    enabled: basis?.state === 'here' && shown?.length !== 0,
    queryFn: async ({ signal }) => {
      const { range, now, hours, missing } = basis!
      const ask = async (at: TimeSpan, filter: string) => {
        const params = within(link, at, { q: filter, by: by.join(), limit: String(COMPARED) })
        if (filter === '') params.delete('q')
        const { rows } = await fetchAnswer('talkers', params, signal)
        return new Map(rows.map(({ key, tuples }) => [keyText([key].flat()), tuples]))
      }
      const among = (keys: readonly string[]) => {
        const values = keys.map((key) => JSON.parse(key) as string[])
        return both(own, `(${values.map((key) => `(${terms(Object.fromEntries(by.map((field, i) => [field, key[i]!])))})`).join(' or ')})`)
      }
      const others = async (at: TimeSpan, keys: readonly string[]) => (keys.length === 0 ? new Map<string, number>() : ask(at, among(keys)))
      const wanted = shown?.slice(0, COMPARED).map(keyText)
      const [here, there] = await Promise.all([wanted ? others(now, wanted) : ask(now, own), ask(range, own)])
      const missed = (of: Map<string, number>, from: Map<string, number>) => [...of.keys()].filter((key) => !from.has(key))
      const [hereToo, thereToo] = await Promise.all([others(now, missed(there, here)), others(range, missed(here, there))])
      const rows = [...new Set([...here.keys(), ...there.keys()])].map((key) => ({
        key: JSON.parse(key) as string[],
        now: here.get(key) ?? hereToo.get(key) ?? 0,
        before: there.get(key) ?? thereToo.get(key) ?? 0,
      }))
      const covered = ((range.to - range.from) * (hours - missing)) / Math.max(1, hours)
      return changesOf(rows, (now.to - now.from) / Math.max(1, covered))
    },
  })
  return { changes: data ?? null, error }
}
