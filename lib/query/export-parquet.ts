import type { TupleRow } from '@/lib/flow/answers'
import { fieldOf, type RowField } from '@/lib/flow/fields'
import { BYTE_ARRAY, INT64, type ParquetChunk, ParquetWriter, TIMESTAMP_MILLIS, UTF8 } from '@/lib/store/parquet'

/** Rows of one row group. */
const GROUP_ROWS = 50_000

/** Definition levels of a flat optional column: one bit-packed run (https://parquet.apache.org/docs/file-format/data-pages/encodings/). */
function levels(present: readonly boolean[]): Uint8Array {
  const bytes = Math.ceil(present.length / 8)
  const header: number[] = []
  for (let rest = bytes * 2 + 1; ; rest = Math.floor(rest / 128)) {
    header.push(rest < 128 ? rest : (rest % 128) | 128)
    if (rest < 128) break
  }
  const out = new Uint8Array(4 + header.length + bytes)
  new DataView(out.buffer).setUint32(0, header.length + bytes, true)
  out.set(header, 4)
  present.forEach((is, i) => {
    if (is) out[4 + header.length + (i >> 3)]! |= 1 << (i & 7)
  })
  return out
}

function texts(values: readonly string[]): Uint8Array {
  const encoder = new TextEncoder()
  const parts = values.flatMap((value) => {
    const bytes = encoder.encode(value)
    return [new Uint8Array(Uint32Array.of(bytes.length).buffer), bytes]
  })
  return concat(parts)
}

function integers(values: readonly number[]): Uint8Array {
  return new Uint8Array(BigInt64Array.from(values, BigInt).buffer)
}

function concat(parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    out.set(part, at)
    at += part.length
  }
  return out
}

function isInteger(column: RowField): boolean {
  const { type } = fieldOf(column)
  return type === 'time' || type === 'port' || type === 'count'
}

function chunk(column: RowField, rows: readonly TupleRow[]): ParquetChunk {
  const values = rows.map((row) => row[column])
  const there = values.filter((value) => value !== null)
  const plain = isInteger(column)
    ? integers(there.map((value) => (fieldOf(column).type === 'time' ? Date.parse(String(value)) : Number(value))))
    : texts(there.map(String))
  return { body: concat([levels(values.map((value) => value !== null)), plain]) }
}

/** Rows as a Parquet file: times as UTC timestamps, ports and counters as 64-bit integers, the rest as text; null where the log measured nothing. */
export async function* exportParquet(batches: AsyncIterable<TupleRow[]>, columns: readonly RowField[]): AsyncGenerator<Uint8Array> {
  const pieces: Uint8Array[] = []
  const schema = columns.map((name) => ({
    name,
    type: isInteger(name) ? INT64 : BYTE_ARRAY,
    converted: fieldOf(name).type === 'time' ? TIMESTAMP_MILLIS : isInteger(name) ? null : UTF8,
    optional: true,
  }))
  const writer = new ParquetWriter(schema, (bytes) => pieces.push(bytes))
  let held: TupleRow[] = []
  for await (const rows of batches) {
    held = held.concat(rows)
    if (held.length < GROUP_ROWS) continue
    writer.group(held.length, (column) => chunk(columns[column]!, held))
    held = []
    yield concat(pieces.splice(0))
  }
  if (held.length > 0) writer.group(held.length, (column) => chunk(columns[column]!, held))
  writer.finish()
  yield concat(pieces.splice(0))
}
