import { blobPath, type ExportRow } from '@/lib/flow/answer/export-row'
import { Problem } from '@/lib/flow/problem'
import type { BlobState } from '@/lib/flow/reading/blob'
import type { View } from '@/lib/flow/view'
import { NAMES } from '@/lib/query/columns/columns'
import { ROW_NAMES, toTupleRow } from '@/lib/query/columns/rows'
import type { Scoped } from '@/lib/query/where/scope'
import { where } from '@/lib/query/where/where'
import type { StoredRow } from '@/lib/store/row'
import { sql } from '@/lib/store/sql'
import type { Store } from '@/lib/store/store'
import { withContext } from './told'

/**
 * Every tuple of the view with where it lies, oldest first, some thousand at a time.
 * @throws Problem `changed` when a blob is forgotten before its rows came.
 */
export async function* exportTuples(
  store: Store,
  view: View,
  { scope, context = false }: Scoped & { context?: boolean },
  signal?: AbortSignal,
): AsyncGenerator<ExportRow[]> {
  const question = sql`select * from (select ${ROW_NAMES} from tuples where ${where(view, scope)}) as page
    join ${NAMES} on group_id = grp order by time, blob, pos`
  const known = new Map(store.blobs())
  const placed = new Map<number, { blob: string; etag: string }>()
  const placeOf = (id: number) => {
    const found = placed.get(id) ?? describe(known.get(id) ?? store.blobs().get(id))
    placed.set(id, found)
    return found
  }
  for await (const rows of store.stream<StoredRow>(question, signal))
    yield withContext(
      rows.map((row) => ({ ...toTupleRow(row), ...placeOf(row.blob), offset: row.pos })),
      context ? scope.context : null,
    )
}

function describe(state: BlobState | undefined): { blob: string; etag: string } {
  if (!state) throw new Problem('changed', 'Export met rows of a blob that was replaced or removed meanwhile: ask again')
  return { blob: blobPath(state), etag: state.etag }
}
