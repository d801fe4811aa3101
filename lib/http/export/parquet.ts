import 'server-only'
import { ByteWriter, type ColumnSource, ParquetWriter, schemaFromColumnData } from 'hyparquet-writer'
import type { ExportRow } from '@/lib/flow/answer/tuples/export-row'
import { type ExportColumn, fieldOf } from '@/lib/flow/field/fields'
import { flatCell } from './flat-cell'

/** Rows of one row group, which an export holds in memory. Encoding one blocks the thread for about half a second. */
const GROUP_ROWS = 20_000

const isInteger = (column: ExportColumn) => ['port', 'count', 'asn'].includes(fieldOf(column).type)
const isTime = (column: ExportColumn) => fieldOf(column).type === 'time'

function valuesOf(column: ExportColumn, rows: readonly ExportRow[]): unknown[] {
  const cells = rows.map((row) => flatCell(row[column]))
  if (isTime(column)) return cells.map((cell) => new Date(String(cell)))
  if (isInteger(column)) return cells.map((cell) => (cell === null ? null : BigInt(cell)))
  return cells.map((cell) => (cell === null ? null : String(cell)))
}

function columnData(columns: readonly ExportColumn[], rows: readonly ExportRow[]): ColumnSource[] {
  return columns.map((name) => ({
    name,
    type: isTime(name) ? 'TIMESTAMP' : isInteger(name) ? 'INT64' : 'STRING',
    data: valuesOf(name, rows),
  }))
}

/**
 * Yields rows as a Parquet file: times as UTC timestamps, ports, counters and offsets as 64-bit integers, the rest as text; null if the log measured nothing.
 * One row group is in memory at a time.
 */
export async function* exportParquet(batches: AsyncIterable<ExportRow[]>, columns: readonly ExportColumn[]): AsyncGenerator<Uint8Array> {
  const bytes = new ByteWriter()
  const taken = () => {
    const piece = bytes.getBytes().slice()
    bytes.index = 0
    return piece
  }
  const schema = schemaFromColumnData({ columnData: columnData(columns, []) })
  const file = new ParquetWriter({ writer: bytes, schema, createdBy: 'flowlens' })
  const group = (rows: readonly ExportRow[]) => file.write({ columnData: columnData(columns, rows), rowGroupSize: rows.length })
  let held: ExportRow[] = []
  for await (const rows of batches) {
    held = held.concat(rows)
    if (held.length < GROUP_ROWS) continue
    await group(held)
    held = []
    yield taken()
  }
  if (held.length > 0) await group(held)
  await file.finish()
  yield taken()
}
