import { blobPath, type ExportRow, type Origin } from '@/lib/flow/answer/tuples/export-row'
import type { TupleRow } from '@/lib/flow/answer/tuples/tuples'
import { Problem } from '@/lib/flow/problem'
import type { BlobState } from '@/lib/flow/reading/blob'
import { describeLog, type LogName } from '@/lib/flow/tuple/log'
import type { View } from '@/lib/flow/view/view'
import { NAMES } from '@/lib/query/columns/columns'
import { ROW_NAMES, toTupleRow } from '@/lib/query/columns/rows'
import type { Scoped } from '@/lib/query/where/scope'
import { where } from '@/lib/query/where/where'
import type { StoredRow } from '@/lib/store/row'
import { sql } from '@/lib/store/sql'
import type { Store } from '@/lib/store/store'
import { withContext } from './told'

/**
 * Yields every tuple of the view with its origin, oldest first, some thousand at a time.
 * @throws Problem `changed` if a blob is forgotten before its rows were read
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
  const placed = new Map<number, StoragePlace>()
  const placeOf = (id: number) => {
    const found = placed.get(id) ?? describe(known.get(id) ?? store.blobs().get(id))
    placed.set(id, found)
    return found
  }
  for await (const rows of store.stream<StoredRow>(question, signal))
    yield withContext(
      rows.map((row) => exported(row, placeOf(row.blob))),
      context ? scope.context : null,
    )
}

interface StoragePlace {
  blob: string
  etag: string
  log: LogName | null
}

/** A file may hold records of other flow logs than its own. */
function exported(row: StoredRow, { blob, etag, log }: StoragePlace): TupleRow & Origin {
  return { ...toTupleRow(row), blob, etag, offset: row.pos, subscription: log?.id === row.group_log ? log.subscription : null }
}

function describe(state: BlobState | undefined): StoragePlace {
  if (!state) throw new Problem('changed', 'Export met rows of a blob that was replaced or removed meanwhile: ask again')
  const log = state.scope ?? state.log
  return { blob: blobPath(state), etag: state.etag, log: log === null ? null : describeLog(state.source, log) }
}
