import 'server-only'
import type { TupleRow } from '@/lib/flow/answers'
import { encodeCsv } from '@/lib/flow/csv'
import { type ExportFormat, ROW_FIELDS, type RowField } from '@/lib/flow/fields'
import { exportParquet } from '@/lib/query/export-parquet'
import { exportTuples } from '@/lib/query/export-tuples'
import { prepare } from './answer'
import { handle } from './handle'
import { respondStream } from './respond'

const TYPES: Record<ExportFormat, string> = {
  csv: 'text/csv; charset=utf-8; header=present',
  ndjson: 'application/x-ndjson; charset=utf-8',
  parquet: 'application/vnd.apache.parquet',
}

type Batches = AsyncIterable<TupleRow[]>

async function* csv(batches: Batches, columns: readonly RowField[]): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder()
  yield encoder.encode(encodeCsv(columns, [], true))
  for await (const rows of batches) yield encoder.encode(encodeCsv(columns, rows, false))
}

async function* ndjson(batches: Batches, columns: readonly RowField[]): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder()
  const keys = [...columns]
  for await (const rows of batches) yield encoder.encode(rows.map((row) => `${JSON.stringify(row, keys)}\n`).join(''))
}

function encode(format: ExportFormat, batches: Batches, columns: readonly RowField[]): AsyncGenerator<Uint8Array> {
  if (format === 'csv') return csv(batches, columns)
  return format === 'ndjson' ? ndjson(batches, columns) : exportParquet(batches, columns)
}

/** Every row of the view as a file, streamed: a failure on the way cuts the stream, so that it cannot be taken for the whole. */
export const exportRows = handle(
  'export',
  async (context) => {
    const { road, view, options, requestId, signal } = await prepare('export', context)
    const left = new AbortController()
    const both = AbortSignal.any([signal, left.signal])
    const columns = options.cols.length > 0 ? options.cols : ROW_FIELDS
    const pieces = encode(options.format, exportTuples(road.store, view, options, both), columns)
    const stream = new ReadableStream<Uint8Array>({
      async pull(controller) {
        const { value, done } = await pieces.next()
        if (done) controller.close()
        else controller.enqueue(value)
      },
      cancel() {
        left.abort()
      },
    })
    const name = `flowlens-${new Date(view.from).toISOString().slice(0, 19).replaceAll(':', '')}.${options.format}`
    return respondStream(stream, requestId, {
      'content-type': TYPES[options.format],
      'content-disposition': `attachment; filename="${name}"`,
    })
  },
  { deadline: null },
)
