import { closeSync, openSync, writeSync } from 'node:fs'
import type { Columns } from '@/lib/flow/columns'
import { DOUBLE, INT32, INT64, type ParquetColumn, ParquetWriter, UINT_16, UINT_64 } from './parquet'

/** Engines spread row groups over their threads. Rows. */
const ROW_GROUP = 61_440

interface SpoolColumn extends ParquetColumn {
  /** Plain-encoded rows [from, to). */
  bytes: (columns: Columns, from: number, to: number) => Uint8Array
}

type Named<T> = { [K in keyof Columns]: Columns[K] extends T ? K : never }[keyof Columns]

function double(name: string, from: Named<Float64Array>): SpoolColumn {
  return { name, type: DOUBLE, converted: null, bytes: (columns, a, b) => raw(columns[from].subarray(a, b)) }
}

function half(name: string, from: Named<Uint32Array>): SpoolColumn {
  return { name, type: INT64, converted: UINT_64, bytes: (columns, a, b) => raw(columns[from].subarray(a * 2, b * 2)) }
}

function small(name: string, from: Named<Uint16Array> | Named<Uint8Array>): SpoolColumn {
  return { name, type: INT32, converted: UINT_16, bytes: (columns, a, b) => raw(Int32Array.from(columns[from].subarray(a, b))) }
}

function raw(array: Float64Array | Uint32Array | Int32Array): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength)
}

const SPOOL: readonly SpoolColumn[] = [
  double('time', 'time'),
  double('record_time', 'recordTime'),
  half('src_hi', 'srcHi'),
  half('src_lo', 'srcLo'),
  half('dst_hi', 'dstHi'),
  half('dst_lo', 'dstLo'),
  small('sport', 'sport'),
  small('dport', 'dport'),
  small('proto', 'proto'),
  small('dir', 'dir'),
  small('action', 'action'),
  small('state', 'state'),
  double('packets_sent', 'packetsSent'),
  double('bytes_sent', 'bytesSent'),
  double('packets_received', 'packetsReceived'),
  double('bytes_received', 'bytesReceived'),
  double('grp', 'group'),
  double('blob', 'blob'),
  double('hour', 'hour'),
  double('pos', 'offset'),
  double('record_pos', 'recordOffset'),
]

/**
 * Writes every row of `columns` to a new Parquet file: little more than a copy of the arrays, and every engine reads it in bulk, off the JavaScript
 * thread. Counters keep -1 for not measured. Throws what the file system throws.
 */
export function writeSpool(path: string, columns: Columns): void {
  const file = openSync(path, 'w', 0o600)
  try {
    const writer = new ParquetWriter(SPOOL, (bytes) => {
      for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done)
    })
    for (let from = 0; from < columns.length; from += ROW_GROUP) {
      const to = Math.min(from + ROW_GROUP, columns.length)
      writer.group(to - from, (column) => SPOOL[column]!.bytes(columns, from, to))
    }
    writer.finish()
  } finally {
    closeSync(file)
  }
}
