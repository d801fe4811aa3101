import { parseAddress } from '@/lib/flow/address/address'
import type { FlowAnswer } from '@/lib/flow/answer/flow'
import type { TupleRow } from '@/lib/flow/answer/tuples'
import { MINUTE } from '@/lib/flow/bucket'
import { parseTupleId } from '@/lib/flow/tuple'
import type { View } from '@/lib/flow/view'
import { COLUMNS, NAMED_TUPLES } from '@/lib/query/columns/columns'
import { toTupleRow } from '@/lib/query/columns/rows'
import type { Scoped } from '@/lib/query/where/scope'
import { inRange, where } from '@/lib/query/where/where'
import { NEW_FLOW } from '@/lib/store/new-flow'
import type { StoredRow } from '@/lib/store/row'
import { type Sql, sql } from '@/lib/store/sql'
import type { Store } from '@/lib/store/store'

export interface OfTuple extends Scoped {
  /** The tuple that the question is about. */
  of: TupleRow
  limit?: number
}

/**
 * Ports are used again, so a row that begins a flow after this much silence begins another one. After less it goes on: Azure ends and begins flows anew
 * in the middle, and denied attempts are repeated. Milliseconds.
 */
const SILENCE = MINUTE

const ORDER = sql`order by time, blob, pos`
const BEFORE = sql`(${ORDER} rows between unbounded preceding and 1 preceding)`
const SO_FAR = sql`(${ORDER} rows between unbounded preceding and current row)`

function sameEnds({ src, sport, dst, dport, proto }: TupleRow): Sql {
  return sql`src = ${parseAddress(src)!} and sport = ${sport} and dst = ${parseAddress(dst)!} and dport = ${dport}
    and ${COLUMNS.proto.value} = ${proto}`
}

/**
 * The rows of one flow in their order: begin, continue and end with the same ends, ports and protocol, whichever NIC and log wrote them. Where a
 * flow begins and ends is read from all rows of the range and logs; the filter then chooses among its rows. Empty when the tuple itself lies outside.
 */
export async function flow(
  store: Store,
  view: View,
  { scope, of, limit = 100 }: OfTuple,
  signal?: AbortSignal,
): Promise<Pick<FlowAnswer, 'total' | 'rows'>> {
  const { blob, offset } = parseTupleId(of.id)!
  const rows = await store.query<StoredRow & { total: number }>(
    sql`with alike as (
        select *, case when ${NEW_FLOW} and time - coalesce(max(time) over ${BEFORE}, 0) > ${SILENCE} then 1 else 0 end as starts
        from ${NAMED_TUPLES} where ${inRange(view, scope)} and ${sameEnds(of)}
      ), numbered as (
        select *, sum(starts) over ${SO_FAR} as part from alike
      )
      select *, count(*) over () as total from numbered
      where part = (select part from numbered where blob = ${blob} and pos = ${offset}) and ${where(view, scope)}
      ${ORDER} limit ${limit}`,
    signal,
  )
  return { total: rows[0]?.total ?? 0, rows: rows.map(toTupleRow) }
}
