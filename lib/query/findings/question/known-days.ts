import { DAY } from '@/lib/flow/time/bucket'
import { where } from '@/lib/query/where/where'
import { type Sql, sql } from '@/lib/store/sql'
import type { KindAsking } from './asking'
import { boundEnds, type FindingEnds, isAmong, keyOf } from './ends'

/** Returns the days of the baseline, counted back from its end, that have rows of the condition with these ends. */
export async function knownDays(
  { store, baseline, scope, signal }: Pick<KindAsking<'beacon'>, 'store' | 'baseline' | 'scope' | 'signal'>,
  found: readonly FindingEnds[],
  condition: Sql,
): Promise<(ends: FindingEnds) => number> {
  if (found.length === 0) return () => 0
  const rows = await store.query<FindingEnds & { days: number }>(
    sql`select src, dst, dport, count(distinct age - age % ${DAY}) as days from (
        select src, dst, dport, ${baseline.to - 1} - time as age from tuples
        where ${where(baseline, scope)} and ${condition} and ${isAmong(boundEnds(found))}
      ) as seen group by src, dst, dport`,
    signal,
  )
  const days = new Map(rows.map((row) => [keyOf(row), row.days]))
  return (ends) => days.get(keyOf(ends)) ?? 0
}
