import 'server-only'
import type { ExportRow } from '@/lib/flow/answer/export-row'
import {
  EXPORT_COLUMNS,
  EXPORT_FIELDS,
  type ExportColumn,
  type ExportEnvelope,
  type ExportFormat,
  type ExportSchema,
} from '@/lib/flow/fields'
import { encodeCsv } from '@/lib/flow/text/csv'
import { flatCell } from '@/lib/http/export/flat-cell'
import { exportParquet } from '@/lib/http/export/parquet'
import { toAsim } from '@/lib/http/export/schema/asim'
import { toCim, toHecEvent } from '@/lib/http/export/schema/cim'
import { toEcs } from '@/lib/http/export/schema/ecs'

type Batches = AsyncIterable<ExportRow[]>

/** What an ambiguous end could be, in rows that have one. */
const AMONG = ['src.among', 'dst.among'] as const

const MAPPINGS = { ecs: toEcs, asim: toAsim, cim: toCim } as const

async function* csv(batches: Batches, columns: readonly ExportColumn[]): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder()
  yield encoder.encode(encodeCsv(columns, [], true))
  for await (const rows of batches)
    yield encoder.encode(
      encodeCsv(
        columns,
        rows.map((row) => flatRow(row, columns)),
        false,
      ),
    )
}

/** A row with texts in place of lists. */
function flatRow(row: ExportRow, columns: readonly ExportColumn[]): Record<ExportColumn, string | number | null> {
  return Object.fromEntries(columns.map((column) => [column, flatCell(row[column])])) as Record<ExportColumn, string | number | null>
}

async function* ndjson(batches: Batches, toLine: (row: ExportRow) => string): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder()
  for await (const rows of batches) yield encoder.encode(rows.map((row) => `${toLine(row)}\n`).join(''))
}

/** Encodes rows as the bytes of a file. An empty list of columns means all. */
export function encodeRows(
  batches: Batches,
  {
    format,
    schema,
    envelope,
    cols,
    context,
  }: { format: ExportFormat; schema: ExportSchema; envelope: ExportEnvelope; cols: readonly ExportColumn[]; context: boolean },
): AsyncGenerator<Uint8Array> {
  const columns = cols.length > 0 ? cols : context ? EXPORT_COLUMNS : EXPORT_FIELDS
  if (format === 'csv') return csv(batches, columns)
  if (format === 'parquet') return exportParquet(batches, columns)
  if (envelope === 'hec') return ndjson(batches, (row) => JSON.stringify(toHecEvent(row)))
  if (schema !== 'tuple') return ndjson(batches, (row) => JSON.stringify(MAPPINGS[schema](row)))
  const keys = context ? [...columns, ...AMONG] : columns
  // A list of keys would leave out what lists hold.
  return ndjson(batches, (row) => JSON.stringify(Object.fromEntries(keys.map((key) => [key, row[key]]))))
}
