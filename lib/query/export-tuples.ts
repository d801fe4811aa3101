import type { TupleRow } from '@/lib/flow/answers'
import type { View } from '@/lib/flow/view'
import { sql } from '@/lib/store/sql'
import type { Store } from '@/lib/store/store'
import { NAMES } from './columns'
import { type StoredRow, TUPLE_COLUMNS, toTupleRow } from './rows'
import type { Scope } from './scope'
import { where } from './where'

/** Every tuple of the view, oldest first, some thousand at a time. */
export async function* exportTuples(store: Store, view: View, { sources }: Scope, signal?: AbortSignal): AsyncGenerator<TupleRow[]> {
  const question = sql`select * from (select ${TUPLE_COLUMNS} from tuples where ${where(view, sources)}) as page
    join ${NAMES} on group_id = grp order by time, blob, pos`
  for await (const rows of store.stream<StoredRow>(question, signal)) yield rows.map(toTupleRow)
}
