import { MINUTE } from '@/lib/flow/time/bucket'
import { COLUMNS, NAMED_TUPLES } from '@/lib/query/columns/columns'
import { NEW_FLOW } from '@/lib/store/new-flow'
import { type Sql, sql } from '@/lib/store/sql'

/**
 * Ports are reused, so a begin after this much silence starts another flow. After less, the flow continues: Azure ends and re-creates flows, and denied
 * attempts are repeated. Milliseconds.
 */
const SILENCE = MINUTE

/** What the tuples of a flow share. `protocol` is a word as in rows. */
export const ENDS = sql`src, sport, dst, dport, protocol`
/** The order of the tuples of a flow. */
export const COURSE = sql`order by time, blob, pos`

const OF_ENDS = sql`partition by ${ENDS} ${COURSE}`

/** Selects these rows of NAMED_TUPLES with their `protocol` and `part`: rows with the same ENDS and part are one flow, from any NIC and log. */
export function parted(rows: Sql): Sql {
  return sql`select *, sum(starts) over (${OF_ENDS} rows between unbounded preceding and current row) as part from (
      select *, case when ${NEW_FLOW} and time - coalesce(max(time) over (${OF_ENDS} rows between unbounded preceding and 1 preceding), 0) > ${SILENCE}
        then 1 else 0 end as starts
      from (select *, ${COLUMNS.proto.value} as protocol from ${NAMED_TUPLES} where ${rows}) as alike
    ) as started`
}
