import type { TupleRow } from '@/lib/flow/answer/tuples/tuples'
import type { View } from '@/lib/flow/view/view'
import { NAMES } from '@/lib/query/columns/columns'
import { ROW_NAMES, toTupleRow } from '@/lib/query/columns/rows'
import type { Scoped } from '@/lib/query/where/scope'
import { where } from '@/lib/query/where/where'
import type { StoredRow } from '@/lib/store/row'
import { sql } from '@/lib/store/sql'
import type { Store } from '@/lib/store/store'

export interface SampledRow {
  row: TupleRow
  blob: number
  /** First byte of its line, and of its record. */
  pos: number
  recordPos: number
}

/** A prime below 2^31, so that the square of smaller numbers fits into 63 bits. */
const PRIME = 2_147_483_647
/** Both factors of each product stay below 2^31. */
const MIXED = sql`(blob % 999983 * 1009 + pos % ${PRIME}) % ${PRIME}`
const RANK = sql`(${MIXED} * ${MIXED} + 48271 * (${MIXED})) % ${PRIME} * 69621 % ${PRIME}`

/** Returns at most `rows` rows of the view, spread evenly over it and always the same for the same rows, and every blob with rows of the view. */
export async function sample(
  store: Store,
  view: View,
  { scope, rows }: Scoped & { rows: number },
  signal?: AbortSignal,
): Promise<{ total: number; rows: SampledRow[]; blobs: number[] }> {
  const condition = where(view, scope)
  const [found, counted] = await Promise.all([
    store.query<StoredRow & { record_pos: number }>(
      sql`select * from (select ${ROW_NAMES}, record_pos from tuples where ${condition} order by ${RANK}, blob, pos limit ${rows}) as page
        join ${NAMES} on group_id = grp order by blob, pos`,
      signal,
    ),
    store.query<{ blob: number; rows: number }>(sql`select blob, count(*) as rows from tuples where ${condition} group by blob`, signal),
  ])
  return {
    total: counted.reduce((sum, { rows }) => sum + rows, 0),
    blobs: counted.map(({ blob }) => blob),
    rows: found.map((row) => ({ row: toTupleRow(row), blob: row.blob, pos: row.pos, recordPos: row.record_pos })),
  }
}
