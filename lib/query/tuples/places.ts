import type { TupleRow } from '@/lib/flow/answer/tuples/tuples'
import { parseTupleId } from '@/lib/flow/tuple/tuple'
import { sql } from '@/lib/store/sql'
import type { Store } from '@/lib/store/store'

/** Position of a record. */
export interface RecordPlace {
  /** Blob.id */
  blob: number
  /** First byte of the record. */
  offset: number
}

/** Returns the other places with a word-for-word copy of this tuple's record, at most `limit` in the order of blob ids and bytes, without regard to rights. */
export async function otherPlaces(store: Store, of: TupleRow, limit: number, signal?: AbortSignal): Promise<RecordPlace[]> {
  const { blob, offset } = parseTupleId(of.id)!
  const own = sql`select record_hash from tuples where blob = ${blob} and pos = ${offset}`
  return store.query<RecordPlace>(
    sql`select blob, record_pos as "offset" from tuples
      where time = ${Date.parse(of.time)} and record_hash in (${own})
        and (blob, record_pos) not in (select blob, record_pos from tuples where blob = ${blob} and pos = ${offset})
      group by blob, record_pos order by blob, record_pos limit ${limit}`,
    signal,
  )
}
