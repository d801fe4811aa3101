import { DAY } from '@/lib/flow/bucket'
import { where } from '@/lib/query/where/where'
import { Rows, type Sql, sql } from '@/lib/store/sql'
import type { Asking } from './asking'
import { type Ends, keyOf } from './ends'

/** Days of the baseline, counted back from its end, on which rows of the condition were logged with these ends. */
export async function knownDays(
  { store, baseline, scope, signal }: Pick<Asking<'beacon'>, 'store' | 'baseline' | 'scope' | 'signal'>,
  found: readonly Ends[],
  condition: Sql,
): Promise<(ends: Ends) => number> {
  if (found.length === 0) return () => 0
  const keys = new Rows({ src: found.map(({ src }) => src), dst: found.map(({ dst }) => dst), dport: found.map(({ dport }) => dport) })
  const rows = await store.query<Ends & { days: number }>(
    sql`select src, dst, dport, count(distinct age - age % ${DAY}) as days from (
        select src, dst, dport, ${baseline.to - 1} - time as age from tuples
        where ${where(baseline, scope)} and ${condition} and (src, dst, dport) in ${keys}
      ) as seen group by src, dst, dport`,
    signal,
  )
  const days = new Map(rows.map((row) => [keyOf(row), row.days]))
  return (ends) => days.get(keyOf(ends)) ?? 0
}
