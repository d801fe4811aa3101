import type { Columns } from '@/lib/flow/columns'
import type { Checksum } from './checksum'
import { codes, highs, lowerWords, lowWords, plain32, plain64, runs32, runs64, runsHalves, widened } from './chunks'
import { bits, deltas32, deltas64 } from './packed'
import { INT32, INT64, type ParquetChunk, type ParquetColumn, ParquetWriter, UINT_16, UINT_32, UINT_64 } from './parquet'
import { writeFile } from './write-file'

/** Engines spread row groups over their threads. Rows. */
const ROW_GROUP = 61_440

interface SpoolColumn extends ParquetColumn {
  /** Rows [from, to). */
  chunk: (columns: Columns, from: number, to: number) => ParquetChunk
}

/** How columns whose values differ are encoded; what comes in runs is written as runs anyway. */
interface Encoding {
  times: (values: Float64Array) => ParquetChunk
  words: (values: Uint32Array) => ParquetChunk
  codes: (values: Uint8Array) => ParquetChunk
}

type Named<T> = { [K in keyof Columns]: Columns[K] extends T ? K : never }[keyof Columns]

function integer(name: string, from: Named<Float64Array>, encode: (values: Float64Array) => ParquetChunk): SpoolColumn {
  return { name, type: INT64, converted: null, chunk: (columns, a, b) => encode(columns[from].subarray(a, b)) }
}

/** The upper word of each 64-bit half. */
function upperWords(halves: Uint32Array, from: number, to: number): Uint32Array {
  const out = new Uint32Array(to - from)
  for (let i = 0; i < out.length; i++) out[i] = halves[2 * (from + i) + 1]!
  return out
}

/** 1 where both ends are IPv4. */
function families({ srcHi, srcLo, dstHi, dstLo }: Columns, from: number, to: number): Uint8Array {
  const out = new Uint8Array(to - from)
  for (let row = from; row < to; row++) {
    const low = 2 * row
    const high = srcHi[low]! | srcHi[low + 1]! | dstHi[low]! | dstHi[low + 1]!
    if (high === 0 && srcLo[low + 1] === 0xffff && dstLo[low + 1] === 0xffff) out[row - from] = 1
  }
  return out
}

function layout({ times, words, codes }: Encoding): readonly SpoolColumn[] {
  /** Values plus `more`, so that none is negative, in two columns: the upper one costs next to nothing. */
  const parted = (name: string, from: Named<Float64Array>, more: number): SpoolColumn[] => [
    { name, type: INT32, converted: UINT_32, chunk: (columns, a, b) => words(lowWords(columns[from].subarray(a, b), more)) },
    { name: `${name}_hi`, type: INT32, converted: UINT_32, chunk: (columns, a, b) => highs(columns[from].subarray(a, b), more) },
  ]
  /** An address as its upper half, and the two words of its lower half. */
  const address = (name: string, hi: Named<Uint32Array>, lo: Named<Uint32Array>): SpoolColumn[] => [
    { name: `${name}_hi`, type: INT64, converted: UINT_64, chunk: (columns, a, b) => runsHalves(columns[hi].subarray(a * 2, b * 2)) },
    { name: `${name}_mid`, type: INT32, converted: UINT_32, chunk: (columns, a, b) => runs32(upperWords(columns[lo], a, b)) },
    { name, type: INT32, converted: UINT_32, chunk: (columns, a, b) => words(lowerWords(columns[lo].subarray(a * 2, b * 2))) },
  ]
  const short = (name: string, from: Named<Uint16Array>, encode: (values: Uint32Array) => ParquetChunk): SpoolColumn => ({
    ...{ name, type: INT32, converted: UINT_16 },
    chunk: (columns, a, b) => encode(widened(columns[from].subarray(a, b))),
  })
  const code = (name: string, from: Named<Uint8Array>): SpoolColumn => ({
    ...{ name, type: INT32, converted: null },
    chunk: (columns, a, b) => codes(columns[from].subarray(a, b)),
  })
  return [
    { name: 'ipv4', type: INT32, converted: null, chunk: (columns, from, to) => codes(families(columns, from, to)) },
    integer('time', 'time', times),
    integer('record_time', 'recordTime', runs64),
    ...address('src', 'srcHi', 'srcLo'),
    ...address('dst', 'dstHi', 'dstLo'),
    short('sport', 'sport', words),
    short('dport', 'dport', words),
    short('proto', 'proto', runs32),
    code('dir', 'dir'),
    code('action', 'action'),
    code('state', 'state'),
    ...parted('packets_sent', 'packetsSent', 1),
    ...parted('bytes_sent', 'bytesSent', 1),
    ...parted('packets_received', 'packetsReceived', 1),
    ...parted('bytes_received', 'bytesReceived', 1),
    integer('grp', 'group', runs64),
    integer('blob', 'blob', runs64),
    integer('hour', 'hour', runs64),
    ...parted('pos', 'offset', 0),
    integer('record_pos', 'recordOffset', runs64),
  ]
}

const LAYOUTS = {
  plain: layout({ times: plain64, words: plain32, codes }),
  packed: layout({ times: deltas64, words: deltas32, codes: bits }),
} as const

/** `plain` is read fastest, `packed` takes less than half the room: for another machine. */
export type Spooling = keyof typeof LAYOUTS

/** A file of rows, and what it has to sum up to. */
export interface SpooledRows extends Checksum {
  file: string
  rows: number
}

/**
 * Writes every row of `columns` to a new Parquet file, at little more than the cost of a copy; every engine reads it in bulk, off the JavaScript
 * thread. Addresses are parted as `layout` says, counters are one more than measured and 0 where they are not, `ipv4` is 1 where both ends are IPv4.
 * Throws what the file system throws.
 */
export function writeSpool(file: string, columns: Columns, spooling: Spooling = 'plain'): SpooledRows {
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
