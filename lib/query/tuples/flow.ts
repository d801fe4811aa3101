import { parseAddress } from '@/lib/flow/address/address'
import type { FlowAnswer } from '@/lib/flow/answer/tuples/flow'
import type { TupleRow } from '@/lib/flow/answer/tuples/tuples'
import { parseTupleId } from '@/lib/flow/tuple/tuple'
import type { View } from '@/lib/flow/view/view'
import { COLUMNS } from '@/lib/query/columns/columns'
import { toTupleRow } from '@/lib/query/columns/rows'
import type { Scoped } from '@/lib/query/where/scope'
import { inRange, where } from '@/lib/query/where/where'
import type { StoredRow } from '@/lib/store/row'
import { type Sql, sql } from '@/lib/store/sql'
import type { Store } from '@/lib/store/store'
import { COURSE, parted } from './parted'

export interface OfTuple extends Scoped {
  /** A tuple of the flow. */
  of: TupleRow
  limit?: number
}

function sameEnds({ src, sport, dst, dport, proto }: TupleRow): Sql {
  return sql`src = ${parseAddress(src)!} and sport = ${sport} and dst = ${parseAddress(dst)!} and dport = ${dport}
    and ${COLUMNS.proto.value} = ${proto}`
}

/**
 * Returns the rows of one flow in order: begin, continue and end with the same ends, ports and protocol, from any NIC and log. Its beginning and end are
 * determined from all rows of the range and logs; the filter then selects among its rows. Empty if the tuple itself is outside.
 */
export async function flow(
  store: Store,
  view: View,
  { scope, of, limit = 100 }: OfTuple,
  signal?: AbortSignal,
): Promise<Pick<FlowAnswer, 'total' | 'rows'>> {
  const { blob, offset } = parseTupleId(of.id)!
  const rows = await store.query<StoredRow & { total: number }>(
    sql`with numbered as (${parted(sql`${inRange(view, scope)} and ${sameEnds(of)}`)})
      select *, count(*) over () as total from numbered
      where part = (select part from numbered where blob = ${blob} and pos = ${offset}) and ${where(view, scope)}
      ${COURSE} limit ${limit}`,
    signal,
  )
  return { total: rows[0]?.total ?? 0, rows: rows.map(toTupleRow) }
}
