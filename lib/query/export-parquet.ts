import type { ExportRow } from '@/lib/flow/export-row'
import { type ExportField, fieldOf } from '@/lib/flow/fields'
import { BYTE_ARRAY, INT64, type ParquetChunk, ParquetWriter, TIMESTAMP_MILLIS, UTF8 } from '@/lib/store/parquet'

/** Rows of one row group: few enough for 16-bit dictionary indices. */
const GROUP_ROWS = 50_000
/** A dictionary pays where a value stands for this many rows. */
const REPEATS = 4

/** Header of one bit-packed run (https://parquet.apache.org/docs/file-format/data-pages/encodings/) of so many values, which come in eights. */
function runHeader(values: number): number[] {
  const header: number[] = []
  for (let rest = Math.ceil(values / 8) * 2 + 1; ; rest = Math.floor(rest / 128)) {
    header.push(rest < 128 ? rest : (rest % 128) | 128)
    if (rest < 128) return header
  }
}

/** Definition levels of a flat optional column. */
function levels(present: readonly boolean[]): Uint8Array {
  const bytes = Math.ceil(present.length / 8)
  const header = runHeader(present.length)
  const out = new Uint8Array(4 + header.length + bytes)
  new DataView(out.buffer).setUint32(0, header.length + bytes, true)
  out.set(header, 4)
  present.forEach((is, i) => {
    if (is) out[4 + header.length + (i >> 3)]! |= 1 << (i & 7)
  })
  return out
}

function plainTexts(values: readonly string[]): Uint8Array {
  const encoder = new TextEncoder()
  const parts = values.flatMap((value) => {
    const bytes = encoder.encode(value)
    return [new Uint8Array(Uint32Array.of(bytes.length).buffer), bytes]
  })
  return concat(parts)
}

function plainIntegers(values: readonly number[]): Uint8Array {
  return new Uint8Array(BigInt64Array.from(values, BigInt).buffer)
}

/** 16-bit indices into a dictionary. */
function packed(indices: readonly number[]): Uint8Array {
  const words = new Uint16Array(Math.ceil(indices.length / 8) * 8)
  words.set(indices)
  return concat([Uint8Array.of(16, ...runHeader(indices.length)), new Uint8Array(words.buffer)])
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

function isInteger(column: ExportField): boolean {
  const { type } = fieldOf(column)
  return type === 'time' || type === 'port' || type === 'count'
}

/** Text behind its definition levels, each value once where values repeat. */
function texts(defined: Uint8Array, values: readonly string[]): ParquetChunk {
  const entries = new Map<string, number>()
  const indices = values.map((value) => {
    const entry = entries.get(value) ?? entries.size
    entries.set(value, entry)
    return entry
  })
  if (entries.size * REPEATS > values.length) return { body: concat([defined, plainTexts(values)]) }
  const dictionary = { values: plainTexts([...entries.keys()]), entries: entries.size }
  return { body: concat([defined, packed(indices)]), dictionary }
}

function chunk(column: ExportField, rows: readonly ExportRow[]): ParquetChunk {
  const values = rows.map((row) => row[column])
  const there = values.filter((value) => value !== null)
  const defined = levels(values.map((value) => value !== null))
  if (!isInteger(column)) return texts(defined, there.map(String))
  const isTime = fieldOf(column).type === 'time'
  return { body: concat([defined, plainIntegers(there.map((value) => (isTime ? Date.parse(String(value)) : Number(value))))]) }
}

/**
 * Rows as a Parquet file: times as UTC timestamps, ports, counters and offsets as 64-bit integers, the rest as text; null where the log measured
 * nothing.
 */
export async function* exportParquet(batches: AsyncIterable<ExportRow[]>, columns: readonly ExportField[]): AsyncGenerator<Uint8Array> {
  const pieces: Uint8Array[] = []
  const schema = columns.map((name) => ({
    name,
    type: isInteger(name) ? INT64 : BYTE_ARRAY,
    converted: fieldOf(name).type === 'time' ? TIMESTAMP_MILLIS : isInteger(name) ? null : UTF8,
    optional: true,
  }))
  const writer = new ParquetWriter(schema, (bytes) => pieces.push(bytes))
  let held: ExportRow[] = []
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
