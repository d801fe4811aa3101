import 'server-only'
import { encodeCsv } from '@/lib/flow/csv'
import type { ExportRow } from '@/lib/flow/export-row'
import { EXPORT_FIELDS, type ExportField, type ExportFormat, type ExportSchema } from '@/lib/flow/fields'
import { toAsim } from '@/lib/flow/schema/asim'
import { toCim } from '@/lib/flow/schema/cim'
import { toEcs } from '@/lib/flow/schema/ecs'
import { exportParquet } from '@/lib/query/export-parquet'

type Batches = AsyncIterable<ExportRow[]>

const MAPPINGS = { ecs: toEcs, asim: toAsim, cim: toCim } as const

async function* csv(batches: Batches, columns: readonly ExportField[]): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder()
  yield encoder.encode(encodeCsv(columns, [], true))
  for await (const rows of batches) yield encoder.encode(encodeCsv(columns, rows, false))
}

async function* ndjson(batches: Batches, toLine: (row: ExportRow) => string): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder()
  for await (const rows of batches) yield encoder.encode(rows.map((row) => `${toLine(row)}\n`).join(''))
}

/** Rows as the bytes of a file. No columns stand for all of them. */
export function encodeRows(
  batches: Batches,
  { format, schema, cols }: { format: ExportFormat; schema: ExportSchema; cols: readonly ExportField[] },
): AsyncGenerator<Uint8Array> {
  const columns = cols.length > 0 ? cols : EXPORT_FIELDS
  if (format === 'csv') return csv(batches, columns)
  if (format === 'parquet') return exportParquet(batches, columns)
  if (schema !== 'tuple') return ndjson(batches, (row) => JSON.stringify(MAPPINGS[schema](row)))
  const keys = [...columns]
  return ndjson(batches, (row) => JSON.stringify(row, keys))
}
