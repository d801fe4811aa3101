import 'server-only'
import type { ErrorAnswer } from '@/lib/flow/answers'
import { Problem } from '@/lib/flow/problem'
import type { Options } from '@/lib/link/views'
import { exportTuples } from '@/lib/query/export-tuples'
import { prepare } from './answer'
import { confirmed } from './confirm'
import { encodeRows } from './export-encode'
import { exportFolder, folderName } from './export-folder'
import { handle } from './handle'
import { refuseManyRows } from './refuse-many-rows'
import { respondStream, toErrorAnswer } from './respond'
import { streamOf } from './stream-of'

const TYPES = {
  csv: 'text/csv; charset=utf-8; header=present',
  ndjson: 'application/x-ndjson; charset=utf-8',
  parquet: 'application/vnd.apache.parquet',
  tar: 'application/x-tar',
} as const

/** Keys that contradict each other must not be guessed at. @throws Problem `ask` with the key. */
function refuseContradictions({ format, schema, cols, folder, hash }: Options<'export'>): void {
  if (schema !== 'tuple' && format !== 'ndjson')
    throw new Problem('ask', `Key schema: ${schema} is written as NDJSON only; expected format=ndjson beside it`, { key: 'schema', at: 0 })
  if (schema !== 'tuple' && cols.length > 0)
    throw new Problem('ask', `Key cols: the fields of ${schema} are fixed; expected no columns beside it`, { key: 'cols', at: 0 })
  if (hash && !folder)
    throw new Problem('ask', 'Key hash: check sums stand in the manifest; expected folder=1 beside it', { key: 'hash', at: 0 })
}

function lastLine(error: ErrorAnswer): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(error)}\n`)
}

/**
 * Every row of the view as a file, streamed: a failure on the way cuts the stream, so that it cannot be taken for the whole. NDJSON says in its last line
 * what failed.
 */
export const exportRows = handle(
  'export',
  async (context) => {
    const asking = await prepare('export', context, refuseContradictions)
    const { road, view, options, requestId, explain } = asking
    await refuseManyRows(asking)
    const pieces = (signal: AbortSignal) =>
      options.folder
        ? exportFolder({ ...asking, signal })
        : encodeRows(confirmed({ ...asking, signal }, exportTuples(road.store, view, options, signal)), options)
    const type = options.folder ? 'tar' : options.format
    const last = (error: unknown) => (type === 'ndjson' ? lastLine(toErrorAnswer(explain(error), requestId)) : null)
    return respondStream(streamOf(pieces, context.signal, { last }), requestId, {
      'content-type': TYPES[type],
      'content-disposition': `attachment; filename="${folderName(view)}.${type}"`,
    })
  },
  { deadline: null, isExport: true },
)
