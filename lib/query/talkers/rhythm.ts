import type { TalkersAnswer } from '@/lib/flow/answer/traffic/talkers'
import type { Keyed } from '@/lib/query/where/keyed'
import { NEW_FLOW } from '@/lib/store/new-flow'
import { type Sql, sql } from '@/lib/store/sql'

export type Rhythm = NonNullable<TalkersAnswer['rows'][number]['rhythm']>

/** Minimum number of gaps for a rhythm. */
const LEAST_GAPS = 5

/** True for the median of `n` values in order, the lower of two. */
const MIDDLE = sql`(place * 2 - n = 0 or place * 2 - n = 1)`

/**
 * Selects, for each key, the gaps between the beginnings of new flows as seen by one observer (log, NIC, rule, direction): their number, their median, and the
 * median deviation from it, as `gaps`, `gap` and `jitter` in milliseconds. `condition` restricts the keys.
 */
export function rhythms({ from, keys }: Keyed, condition: Sql): Sql {
  const own = sql`partition by ${keys}`
  return sql`(
    select ${keys}, n as gaps, middle as gap, apart as jitter from (
      select ${keys}, n, middle, apart, row_number() over (${own} order by apart) as place from (
        select ${keys}, n, middle, abs(gap - middle) as apart from (
          select ${keys}, gap, n, max(case when ${MIDDLE} then gap else 0 end) over (${own}) as middle from (
            select ${keys}, gap, row_number() over (${own} order by gap) as place, count(*) over (${own}) as n from (
              select ${keys}, time - lag(time, 1, -1) over (partition by ${keys}, grp, dir order by time, blob, pos) as gap,
                lag(time, 1, -1) over (partition by ${keys}, grp, dir order by time, blob, pos) as earlier
              from ${from} where ${NEW_FLOW} and ${condition}
            ) as beginnings where earlier >= 0
          ) as ranked
        ) as measured
      ) as apart_by
    ) as placed where ${MIDDLE} and n >= ${LEAST_GAPS}
  ) as rhythms`
}
