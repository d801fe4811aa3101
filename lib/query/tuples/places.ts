import type { TupleRow } from '@/lib/flow/answer/tuples'
import { parseTupleId } from '@/lib/flow/tuple'
import { sql } from '@/lib/store/sql'
import type { Store } from '@/lib/store/store'

/** Where a record stands. */
export interface RecordPlace {
  /** Blob.id */
  blob: number
  /** Its first byte. */
  offset: number
}

/** Where else the record of this tuple stands word for word, at most `limit` places in the order of blob ids and bytes, whoever may read them. */
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
