import type { Columns } from '@/lib/flow/columns'
import { codes, plain32, plain64, plainDouble, plainHalves, runs32, runs64, runsHalves } from './chunks'
import { DOUBLE, INT32, INT64, type ParquetChunk, type ParquetColumn, ParquetWriter, UINT_16, UINT_64 } from './parquet'
import { writeFile } from './write-file'

/** Engines spread row groups over their threads. Rows. */
const ROW_GROUP = 61_440

interface SpoolColumn extends ParquetColumn {
  /** Rows [from, to). */
  chunk: (columns: Columns, from: number, to: number) => ParquetChunk
}

type Named<T> = { [K in keyof Columns]: Columns[K] extends T ? K : never }[keyof Columns]

function integer(name: string, from: Named<Float64Array>, encode: (values: Float64Array) => ParquetChunk): SpoolColumn {
  return { name, type: INT64, converted: null, chunk: (columns, a, b) => encode(columns[from].subarray(a, b)) }
}

function double(name: string, from: Named<Float64Array>): SpoolColumn {
  return { name, type: DOUBLE, converted: null, chunk: (columns, a, b) => plainDouble(columns[from].subarray(a, b)) }
}

function half(name: string, from: Named<Uint32Array>, encode: (halves: Uint32Array) => ParquetChunk): SpoolColumn {
  return { name, type: INT64, converted: UINT_64, chunk: (columns, a, b) => encode(columns[from].subarray(a * 2, b * 2)) }
}

function short(name: string, from: Named<Uint16Array>, encode: (values: Uint16Array) => ParquetChunk): SpoolColumn {
  return { name, type: INT32, converted: UINT_16, chunk: (columns, a, b) => encode(columns[from].subarray(a, b)) }
}

function code(name: string, from: Named<Uint8Array>): SpoolColumn {
  return { name, type: INT32, converted: null, chunk: (columns, a, b) => codes(columns[from].subarray(a, b)) }
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

const SPOOL: readonly SpoolColumn[] = [
  { name: 'ipv4', type: INT32, converted: null, chunk: (columns, from, to) => codes(families(columns, from, to)) },
  integer('time', 'time', plain64),
  integer('record_time', 'recordTime', runs64),
  half('src_hi', 'srcHi', runsHalves),
  half('src_lo', 'srcLo', plainHalves),
  half('dst_hi', 'dstHi', runsHalves),
  half('dst_lo', 'dstLo', plainHalves),
  short('sport', 'sport', plain32),
  short('dport', 'dport', plain32),
  short('proto', 'proto', runs32),
  code('dir', 'dir'),
  code('action', 'action'),
  code('state', 'state'),
  double('packets_sent', 'packetsSent'),
  double('bytes_sent', 'bytesSent'),
  double('packets_received', 'packetsReceived'),
  double('bytes_received', 'bytesReceived'),
  integer('grp', 'group', runs64),
  integer('blob', 'blob', runs64),
  integer('hour', 'hour', runs64),
  double('pos', 'offset'),
  integer('record_pos', 'recordOffset', runs64),
]

/**
 * Writes every row of `columns` to a new Parquet file, at little more than the cost of a copy; every engine reads it in bulk, off the JavaScript
 * thread. Addresses are two halves, counters keep -1 for not measured, `ipv4` is 1 where both ends are IPv4. Throws what the file system throws.
 */
export function writeSpool(path: string, columns: Columns): void {
  writeFile(path, (sink) => {
    const writer = new ParquetWriter(SPOOL, sink)
    for (let from = 0; from < columns.length; from += ROW_GROUP) {
      const to = Math.min(from + ROW_GROUP, columns.length)
      writer.group(to - from, (column) => SPOOL[column]!.chunk(columns, from, to))
    }
    writer.finish()
  })
}
