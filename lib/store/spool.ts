import { closeSync, openSync, writeSync } from 'node:fs'
import type { Columns } from '@/lib/flow/columns'
import { encodeThrift, type Thrift, type ThriftStruct } from './thrift'

/**
 * Columns as an uncompressed, plain-encoded Parquet file (https://parquet.apache.org/docs/file-format/): little more than a copy of the arrays, and
 * every engine reads it in bulk, off the JavaScript thread.
 */
const INT32 = 1
const INT64 = 2
const DOUBLE = 5
const UINT_16 = 12
const UINT_64 = 14
const REQUIRED = 0
const PLAIN = 0
const RLE = 3
/** Engines spread row groups over their threads. */
const ROW_GROUP = 61_440

interface SpoolColumn {
  name: string
  type: number
  converted: number | null
  /** Plain-encoded bytes of rows [from, to). */
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

const MAGIC = new TextEncoder().encode('PAR1')

/** Writes every row of `columns` to a new file. Counters keep -1 for not measured. Throws what the file system throws. */
export function writeSpool(path: string, columns: Columns): void {
  const file = openSync(path, 'w', 0o600)
  try {
    let at = 0
    const write = (bytes: Uint8Array) => {
      for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done)
      at += bytes.length
    }
    write(MAGIC)
    const groups: Thrift[] = []
    for (let from = 0; from < columns.length; from += ROW_GROUP) {
      const to = Math.min(from + ROW_GROUP, columns.length)
      const start = at
      const chunks: Thrift[] = []
      for (const column of SPOOL) {
        const values = column.bytes(columns, from, to)
        const begin = at
        write(
          encodeThrift({
            1: { i32: 0 },
            2: { i32: values.length },
            3: { i32: values.length },
            5: { struct: { 1: { i32: to - from }, 2: { i32: PLAIN }, 3: { i32: RLE }, 4: { i32: RLE } } },
          }),
        )
        write(values)
        chunks.push({
          struct: {
            2: { i64: begin },
            3: {
              struct: {
                1: { i32: column.type },
                2: { list: [{ i32: PLAIN }] },
                3: { list: [{ text: column.name }] },
                4: { i32: 0 },
                5: { i64: to - from },
                6: { i64: at - begin },
                7: { i64: at - begin },
                9: { i64: begin },
              },
            },
          },
        })
      }
      groups.push({ struct: { 1: { list: chunks }, 2: { i64: at - start }, 3: { i64: to - from } } })
    }
    const schema = SPOOL.map(({ name, type, converted }): Thrift => {
      const element: ThriftStruct = { 1: { i32: type }, 3: { i32: REQUIRED }, 4: { text: name } }
      if (converted !== null) element[6] = { i32: converted }
      return { struct: element }
    })
    const footer = encodeThrift({
      1: { i32: 1 },
      2: { list: [{ struct: { 4: { text: 'tuples' }, 5: { i32: SPOOL.length } } }, ...schema] },
      3: { i64: columns.length },
      4: { list: groups },
      6: { text: 'flowlens' },
    })
    write(footer)
    write(new Uint8Array(Uint32Array.of(footer.length).buffer))
    write(MAGIC)
  } finally {
    closeSync(file)
  }
}
