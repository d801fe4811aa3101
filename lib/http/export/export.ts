import 'server-only'
import type { ErrorAnswer } from '@/lib/flow/answer/error'
import { Problem } from '@/lib/flow/problem'
import { prepare, type ViewAsking } from '@/lib/http/ask/answering/answer'
import { beyond } from '@/lib/http/door/beyond'
import { handle } from '@/lib/http/door/handle'
import { respondStream, toErrorAnswer } from '@/lib/http/report/respond'
import { confirmed } from '@/lib/http/rights/confirm'
import { settings } from '@/lib/http/server/settings'
import type { RouteOptions } from '@/lib/link/views'
import { countTuples } from '@/lib/query/tuples/count-tuples'
import { exportTuples } from '@/lib/query/tuples/export-tuples'
import { countFlows, exportFlows } from '@/lib/query/tuples/flows'
import { encodeFlows, encodeRows } from './encode'
import { exportFolder, folderName } from './folder'
import { streamOf } from './stream-of'

/** True for columns of context: their names have a dot. */
const isContextColumn = (column: string) => column.includes('.')

const TYPES = {
  csv: 'text/csv; charset=utf-8; header=present',
  ndjson: 'application/x-ndjson; charset=utf-8',
  parquet: 'application/vnd.apache.parquet',
  tar: 'application/x-tar',
} as const

/**
 * Refuses contradictory keys.
 * @throws Problem `ask` with the key
 */
function refuseContradictions({ per, format, schema, envelope, cols, context, folder, hash }: RouteOptions<'export'>): void {
  if (per === 'flow' && (format === 'parquet' || schema !== 'tuple' || cols.length > 0 || context || folder))
    throw new Problem('ask', 'Key per: flows are exported as CSV or NDJSON with all of their columns; expected no other keys of tuples', {
      key: 'per',
      at: 0,
    })
  if (schema !== 'tuple' && format !== 'ndjson')
    throw new Problem('ask', `Key schema: ${schema} is available as NDJSON only; expected format=ndjson`, { key: 'schema', at: 0 })
  if (schema !== 'tuple' && cols.length > 0)
    throw new Problem('ask', `Key cols: the fields of ${schema} are fixed; expected no cols`, { key: 'cols', at: 0 })
  if (envelope !== 'none' && schema !== 'cim')
    throw new Problem('ask', `Key envelope: ${envelope} is for Splunk; expected schema=cim with it`, { key: 'envelope', at: 0 })
  if (!context && cols.some(isContextColumn))
    throw new Problem('ask', 'Key cols: the context files tell that; expected context=1 with it', { key: 'cols', at: 0 })
  if (hash && !folder) throw new Problem('ask', 'Key hash: checksums are in the manifest; expected folder=1', { key: 'hash', at: 0 })
}

/**
 * Counts the rows of an export before creating it, if the blobs of the range may hold too many.
 * @throws Problem `ask` beyond FLOWLENS_LIMIT_EXPORT_ROWS
 */
async function refuseManyRows({ road: { store }, view, survey, options, signal }: ViewAsking<'export'>): Promise<void> {
  const most = survey.needs.reduce((sum, { blob }) => sum + (store.blobs().get(blob.id)?.tuples ?? 0), 0)
  if (most <= settings().limits.exportRows) return
  const count = options.per === 'flow' ? countFlows : countTuples
  beyond('exportRows', await count(store, view, options.scope, signal), 'Export', { unit: 'rows', key: 'from' })
}

function lastLine(error: ErrorAnswer): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(error)}\n`)
}

/**
 * Streams every row of the view as a file. A failure cuts the stream off, so that it cannot be mistaken for a complete file; NDJSON names the failure in its
 * last line.
 */
export const exportRows = handle(
  'export',
  async (context) => {
    const asking = await prepare('export', context, { check: refuseContradictions })
    const { road, view, options, requestId, explain } = asking
    await refuseManyRows(asking)
    const pieces = (signal: AbortSignal) => {
      if (options.folder) return exportFolder({ ...asking, signal })
      if (options.per === 'flow')
        return encodeFlows(confirmed({ ...asking, signal }, exportFlows(road.store, view, options, signal)), options.format)
      return encodeRows(confirmed({ ...asking, signal }, exportTuples(road.store, view, options, signal)), options)
    }
    const type = options.folder ? 'tar' : options.format
    const last = (error: unknown) => (type === 'ndjson' ? lastLine(toErrorAnswer(explain(error), requestId)) : null)
    return respondStream(streamOf(pieces, context.signal, { last }), requestId, {
      'content-type': TYPES[type],
      'content-disposition': `attachment; filename="${folderName(view)}.${type}"`,
    })
  },
  { deadline: null, isExport: true },
)
