import 'server-only'
import type { ExportRow } from '@/lib/flow/answer/tuples/export-row'
import { type FlowRow, flowRowSchema } from '@/lib/flow/answer/tuples/flows'
import type { ExportEnvelope, ExportFormat, ExportSchema } from '@/lib/flow/field/export'
import { EXPORT_COLUMNS, EXPORT_FIELDS, type ExportColumn } from '@/lib/flow/field/fields'
import { encodeCsv } from '@/lib/flow/text/csv'
import { flatCell } from '@/lib/http/export/flat-cell'
import { exportParquet } from '@/lib/http/export/parquet'
import { toAsim } from '@/lib/http/export/schema/asim'
import { toCim, toHecEvent } from '@/lib/http/export/schema/cim'
import { toEcs } from '@/lib/http/export/schema/ecs'

type Batches = AsyncIterable<ExportRow[]>

/** Columns of the candidates for an ambiguous end, present only in rows that have one. */
const AMONG = ['src.among', 'dst.among'] as const

const MAPPINGS = { ecs: toEcs, asim: toAsim, cim: toCim } as const

async function* csv<Row, Column extends string>(
  batches: AsyncIterable<Row[]>,
  columns: readonly Column[],
  flat: (row: Row) => Record<Column, string | number | null>,
): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder()
  yield encoder.encode(encodeCsv(columns, [], true))
  for await (const rows of batches) yield encoder.encode(encodeCsv(columns, rows.map(flat), false))
}

/** Returns a row with lists converted to texts. */
function flatRow(row: ExportRow, columns: readonly ExportColumn[]): Record<ExportColumn, string | number | null> {
  return Object.fromEntries(columns.map((column) => [column, flatCell(row[column])])) as Record<ExportColumn, string | number | null>
}

async function* ndjson<Row>(batches: AsyncIterable<Row[]>, toLine: (row: Row) => string): AsyncGenerator<Uint8Array> {
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
  if (format === 'csv') return csv(batches, columns, (row) => flatRow(row, columns))
  if (format === 'parquet') return exportParquet(batches, columns)
  if (envelope === 'hec') return ndjson(batches, (row) => JSON.stringify(toHecEvent(row)))
  if (schema !== 'tuple') return ndjson(batches, (row) => JSON.stringify(MAPPINGS[schema](row)))
  const keys = context ? [...columns, ...AMONG] : columns
  // Not a replacer list, because that would also filter the contents of lists.
  return ndjson(batches, (row) => JSON.stringify(Object.fromEntries(keys.map((key) => [key, row[key]]))))
}

const FLOW_COLUMNS = Object.keys(flowRowSchema.shape) as (keyof FlowRow)[]

/** Encodes flows, one row each, as the bytes of a file, with the columns of the API. */
export function encodeFlows(batches: AsyncIterable<FlowRow[]>, format: ExportFormat): AsyncGenerator<Uint8Array> {
  if (format === 'ndjson') return ndjson(batches, (row) => JSON.stringify(row))
  return csv(batches, FLOW_COLUMNS, ({ begins, ends, ...row }) => ({ ...row, begins: String(begins), ends: String(ends) }))
}
