/**
 * Tuples as columns: row i is element i of every array. Times are epoch milliseconds, offsets bytes from the start of the blob,
 * counters are -1 where the log measured nothing. Addresses are two little-endian 64-bit halves (`Hi`, `Lo`), each two
 * 32-bit words a row, of the integer that `flow/address.ts` describes.
 */
export interface Columns {
  /** Rows in use; the arrays may be longer. */
  length: number
  /** The tuple's own time. */
  time: Float64Array
  /** The flush time of its record. */
  recordTime: Float64Array
  srcHi: Uint32Array
  srcLo: Uint32Array
  dstHi: Uint32Array
  dstLo: Uint32Array
  sport: Uint16Array
  dport: Uint16Array
  /** IANA number, or PROTO_OTHER. */
  proto: Uint16Array
  dir: Uint8Array
  action: Uint8Array
  state: Uint8Array
  packetsSent: Float64Array
  bytesSent: Float64Array
  packetsReceived: Float64Array
  bytesReceived: Float64Array
  /** FlowGroup.id */
  group: Float64Array
  /** BlobState.id */
  blob: Float64Array
  /** Hour of the blob's path as epoch milliseconds, -1 for a loose file. */
  hour: Float64Array
  /** First byte of the tuple's text, after the quote. */
  offset: Float64Array
  /** First byte of the record that holds it. */
  recordOffset: Float64Array
}

const WIDTHS = {
  time: [Float64Array, 1],
  recordTime: [Float64Array, 1],
  srcHi: [Uint32Array, 2],
  srcLo: [Uint32Array, 2],
  dstHi: [Uint32Array, 2],
  dstLo: [Uint32Array, 2],
  sport: [Uint16Array, 1],
  dport: [Uint16Array, 1],
  proto: [Uint16Array, 1],
  dir: [Uint8Array, 1],
  action: [Uint8Array, 1],
  state: [Uint8Array, 1],
  packetsSent: [Float64Array, 1],
  bytesSent: [Float64Array, 1],
  packetsReceived: [Float64Array, 1],
  bytesReceived: [Float64Array, 1],
  group: [Float64Array, 1],
  blob: [Float64Array, 1],
  hour: [Float64Array, 1],
  offset: [Float64Array, 1],
  recordOffset: [Float64Array, 1],
} as const

export type ColumnName = keyof typeof WIDTHS
const COLUMN_NAMES = Object.keys(WIDTHS) as ColumnName[]

export function createColumns(capacity: number): Columns {
  const arrays = COLUMN_NAMES.map((name) => {
    const [Type, width] = WIDTHS[name]
    return [name, new Type(capacity * width)]
  })
  return { length: 0, ...Object.fromEntries(arrays) } as Columns
}

/** Makes room for `rows` more rows, doubling, in place. */
export function reserve(columns: Columns, rows: number): void {
  const needed = columns.length + rows
  if (needed <= columns.time.length) return
  const capacity = Math.max(needed, columns.time.length * 2)
  for (const name of COLUMN_NAMES) {
    const [Type, width] = WIDTHS[name]
    const grown = new Type(capacity * width)
    grown.set(columns[name].subarray(0, columns.length * width))
    ;(columns as unknown as Record<string, unknown>)[name] = grown
  }
}
