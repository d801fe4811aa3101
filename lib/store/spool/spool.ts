import { type ColumnKind, type ColumnOf, type Columns, TUPLE_COLUMNS, type TupleColumn } from '@/lib/flow/tuple/columns'
import type { SpoolFile, Spooling } from '@/lib/store/store'
import { codes, highs, lowerWords, lowWords, plain32, plain64, runs32, runs64, runsHalves, widened } from './chunks'
import { bits, deltas32, deltas64 } from './packed'
import { INT32, INT64, type ParquetChunk, type ParquetColumn, ParquetWriter, UINT_16, UINT_32, UINT_64 } from './parquet'
import { writeFile } from './write-file'

/** Engines distribute row groups over their threads. Rows. */
const ROW_GROUP = 61_440

/** A column of the file. */
interface SpoolColumn extends ParquetColumn {
  /** Rows [from, to). */
  chunk: (columns: Columns, from: number, to: number) => ParquetChunk
}

/** Encodings of columns whose values differ; columns with runs are always written as runs. */
interface Encoding {
  times: (values: Float64Array) => ParquetChunk
  words: (values: Uint32Array) => ParquetChunk
  codes: (values: Uint8Array) => ParquetChunk
}

/** Returns the upper word of each 64-bit half. */
function upperWords(halves: Uint32Array, from: number, to: number): Uint32Array {
  const out = new Uint32Array(to - from)
  for (let i = 0; i < out.length; i++) out[i] = halves[2 * (from + i) + 1]!
  return out
}

/** Returns 1 for rows with two IPv4 ends, else 0. */
function families({ srcHi, srcLo, dstHi, dstLo }: Columns, from: number, to: number): Uint8Array {
  const out = new Uint8Array(to - from)
  for (let row = from; row < to; row++) {
    const low = 2 * row
    const high = srcHi[low]! | srcHi[low + 1]! | dstHi[low]! | dstHi[low + 1]!
    if (high === 0 && srcLo[low + 1] === 0xffff && dstLo[low + 1] === 0xffff) out[row - from] = 1
  }
  return out
}

/** Splits values plus `more`, which makes them non-negative, into two columns: the upper one takes almost no space. */
function parted({ name, stored }: ColumnOf<'counter' | 'offset'>, { words }: Encoding, more: number): SpoolColumn[] {
  const type = { type: INT32, converted: UINT_32 }
  return [
    { name: stored, ...type, chunk: (columns, a, b) => words(lowWords(columns[name].subarray(a, b), more)) },
    { name: `${stored}_hi`, ...type, chunk: (columns, a, b) => highs(columns[name].subarray(a, b), more) },
  ]
}

/** The columns of the file for a column of each kind. */
const KINDS: { readonly [Kind in ColumnKind]: (column: ColumnOf<Kind>, encoding: Encoding) => SpoolColumn[] } = {
  time: ({ name, stored }, { times }) => [
    { name: stored, type: INT64, converted: null, chunk: (columns, a, b) => times(columns[name].subarray(a, b)) },
  ],
  offset: (column, encoding) => parted(column, encoding, 0),
  shared: ({ name, stored }) => [
    { name: stored, type: INT64, converted: null, chunk: (columns, a, b) => runs64(columns[name].subarray(a, b)) },
  ],
  counter: (column, encoding) => parted(column, encoding, 1),
  port: ({ name, stored }, { words }) => [
    { name: stored, type: INT32, converted: UINT_16, chunk: (columns, a, b) => words(widened(columns[name].subarray(a, b))) },
  ],
  protocol: ({ name, stored }) => [
    { name: stored, type: INT32, converted: UINT_16, chunk: (columns, a, b) => runs32(widened(columns[name].subarray(a, b))) },
  ],
  code: ({ name, stored }, { codes }) => [
    { name: stored, type: INT32, converted: null, chunk: (columns, a, b) => codes(columns[name].subarray(a, b)) },
  ],
  /** Stored as the upper half, and the two words of the lower half. */
  address: ({ name, stored }, { words }) => {
    const [hi, lo] = [`${name}Hi`, `${name}Lo`] as const
    return [
      { name: `${stored}_hi`, type: INT64, converted: UINT_64, chunk: (columns, a, b) => runsHalves(columns[hi].subarray(a * 2, b * 2)) },
      { name: `${stored}_mid`, type: INT32, converted: UINT_32, chunk: (columns, a, b) => runs32(upperWords(columns[lo], a, b)) },
      { name: stored, type: INT32, converted: UINT_32, chunk: (columns, a, b) => words(lowerWords(columns[lo].subarray(a * 2, b * 2))) },
    ]
  },
}

function layout(encoding: Encoding): readonly SpoolColumn[] {
  const { codes } = encoding
  return [
    { name: 'ipv4', type: INT32, converted: null, chunk: (columns, from, to) => codes(families(columns, from, to)) },
    ...TUPLE_COLUMNS.flatMap((column) =>
      (KINDS[column.kind] as (column: TupleColumn, encoding: Encoding) => SpoolColumn[])(column, encoding),
    ),
  ]
}

const LAYOUTS: Readonly<Record<Spooling, readonly SpoolColumn[]>> = {
  plain: layout({ times: plain64, words: plain32, codes }),
  packed: layout({ times: deltas64, words: deltas32, codes: bits }),
}

/** The columns of a spool file; the columns made from one stored column are adjacent. */
export const SPOOLED: readonly ParquetColumn[] = LAYOUTS.plain

/**
 * Writes every row of `columns` to a new Parquet file, at little more than the cost of a copy; every engine reads it in bulk, outside the JavaScript thread.
 * Addresses are split as in `KINDS`, counters are stored plus one and 0 if not measured, `ipv4` is 1 if both ends are IPv4.
 * @throws the file system's error
 */
export function writeSpool(file: string, columns: Columns, spooling: Spooling = 'plain'): Omit<SpoolFile, 'minutes'> {
  const layout = LAYOUTS[spooling]
  const sum = writeFile(file, (sink) => {
    const writer = new ParquetWriter(layout, sink)
    for (let from = 0; from < columns.length; from += ROW_GROUP) {
      const to = Math.min(from + ROW_GROUP, columns.length)
      writer.group(to - from, (column) => layout[column]!.chunk(columns, from, to))
    }
    writer.finish()
  })
  return { file, rows: columns.length, ...sum }
}
