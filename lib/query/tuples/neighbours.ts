import type { NeighboursAnswer } from '@/lib/flow/answer/tuples/neighbours'
import { MINUTE } from '@/lib/flow/time/bucket'
import { parseTupleId } from '@/lib/flow/tuple/tuple'
import type { View } from '@/lib/flow/view/view'
import { NAMED_TUPLES } from '@/lib/query/columns/columns'
import { toTupleRow } from '@/lib/query/columns/rows'
import { where } from '@/lib/query/where/where'
import type { StoredRow } from '@/lib/store/row'
import { sql } from '@/lib/store/sql'
import type { Store } from '@/lib/store/store'
import type { OfTuple } from './flow'

/** Largest distance in time between neighbours. Milliseconds. */
const NEAR = MINUTE

/** Returns the view's other tuples of the same NIC within a minute: the nearest ones, in the order of time. If no NIC is named, the log is used instead. */
export async function neighbours(
  store: Store,
  view: View,
  { scope, of, limit = 100 }: OfTuple,
  signal?: AbortSignal,
): Promise<Pick<NeighboursAnswer, 'total' | 'rows'>> {
  const { blob, offset } = parseTupleId(of.id)!
  const t = Date.parse(of.time)
  const nic = of.mac === '' ? sql`group_mac = '' and group_log = ${of.log}` : sql`group_mac = ${of.mac}`
  const rows = await store.query<StoredRow & { total: number }>(
    sql`select * from (
        select *, count(*) over () as total from ${NAMED_TUPLES}
        where ${where(view, scope)} and time between ${t - NEAR} and ${t + NEAR} and ${nic} and not (blob = ${blob} and pos = ${offset})
        order by abs(time - ${t}), time, blob, pos limit ${limit}
      ) as nearest order by time, blob, pos`,
    signal,
  )
  return { total: rows[0]?.total ?? 0, rows: rows.map(toTupleRow) }
}
