import type { TupleRow } from '@/lib/flow/answer/tuples/tuples'
import { parseTupleId } from '@/lib/flow/tuple/tuple'
import { NAMED_TUPLES } from '@/lib/query/columns/columns'
import { toTupleRow } from '@/lib/query/columns/rows'
import type { Scoped } from '@/lib/query/where/scope'
import type { StoredRow } from '@/lib/store/row'
import { sql } from '@/lib/store/sql'
import type { Store } from '@/lib/store/store'

/** Returns the tuple with this id, or null if there is none in the scope. */
export async function tuple(store: Store, id: string, { scope }: Scoped, signal?: AbortSignal): Promise<TupleRow | null> {
  const place = parseTupleId(id)
  if (!place) return null
  const [row] = await store.query<StoredRow>(
    sql`select * from ${NAMED_TUPLES} where blob = ${place.blob} and pos = ${place.offset} and ${scope.condition ?? sql`1 = 1`} limit 1`,
    signal,
  )
  return row ? toTupleRow(row) : null
}
