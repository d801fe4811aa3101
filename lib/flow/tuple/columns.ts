/**
 * Storage of the values of a column: the array type, the elements per row, and the arrays that make up one column.
 *
 * - `time`: epoch milliseconds that differ from row to row.
 * - `offset`: bytes from the start of the blob.
 * - `shared`: an integer up to 2^53 that neighbouring rows share, -1 for none.
 * - `counter`: an integer up to 2^53, -1 if the log measured nothing.
 * - `port`: 16 bits that differ from row to row. `protocol`: 16 bits that neighbouring rows share. `code`: one byte.
 * - `address`: the 128-bit integer of `flow/address/address.ts` as two 64-bit halves, each two 32-bit words, the lower word first.
 */
const KINDS = {
  time: { array: Float64Array, width: 1, parts: [''] },
  offset: { array: Float64Array, width: 1, parts: [''] },
  shared: { array: Float64Array, width: 1, parts: [''] },
  counter: { array: Float64Array, width: 1, parts: [''] },
  port: { array: Uint16Array, width: 1, parts: [''] },
  protocol: { array: Uint16Array, width: 1, parts: [''] },
  code: { array: Uint8Array, width: 1, parts: [''] },
  address: { array: Uint32Array, width: 2, parts: ['Hi', 'Lo'] },
} as const

export type ColumnKind = keyof typeof KINDS

/**
 * All columns of a tuple in their order. The parser's arrays, the spool's files, the engines' tables and the rows of queries derive from this list. `name` is
 * the name in Columns, `stored` the name in tables and files.
 */
export const TUPLE_COLUMNS = [
  /** The tuple's own time. */
  { name: 'time', kind: 'time', stored: 'time' },
  /** The flush time of its record. */
  { name: 'recordTime', kind: 'shared', stored: 'record_time' },
  { name: 'src', kind: 'address', stored: 'src' },
  { name: 'dst', kind: 'address', stored: 'dst' },
  { name: 'sport', kind: 'port', stored: 'sport' },
  { name: 'dport', kind: 'port', stored: 'dport' },
  /** IANA number, or PROTO_OTHER. */
  { name: 'proto', kind: 'protocol', stored: 'proto' },
  { name: 'dir', kind: 'code', stored: 'dir' },
  { name: 'action', kind: 'code', stored: 'action' },
  { name: 'state', kind: 'code', stored: 'state' },
  { name: 'packetsSent', kind: 'counter', stored: 'packets_sent' },
  { name: 'bytesSent', kind: 'counter', stored: 'bytes_sent' },
  { name: 'packetsReceived', kind: 'counter', stored: 'packets_received' },
  { name: 'bytesReceived', kind: 'counter', stored: 'bytes_received' },
  /** FlowGroup.id */
  { name: 'group', kind: 'shared', stored: 'grp' },
  /** BlobState.id */
  { name: 'blob', kind: 'shared', stored: 'blob' },
  /** Hour of the blob's path as epoch milliseconds, -1 for a loose file. */
  { name: 'hour', kind: 'shared', stored: 'hour' },
  /** First byte of the tuple's text, after the quote. */
  { name: 'offset', kind: 'offset', stored: 'pos' },
  /** First byte of the record that holds it. */
  { name: 'recordOffset', kind: 'shared', stored: 'record_pos' },
  /** Equal for all copies of a record, wherever they are, and only for them (lib/ingest/threads/worker/fingerprint.ts). */
  { name: 'recordHash', kind: 'shared', stored: 'record_hash' },
] as const satisfies readonly { name: string; kind: ColumnKind; stored: string }[]

export type TupleColumn = (typeof TUPLE_COLUMNS)[number]
export type ColumnOf<Kind extends ColumnKind> = Extract<TupleColumn, { kind: Kind }>
type PartOf<One extends TupleColumn> = `${One['name']}${(typeof KINDS)[One['kind']]['parts'][number]}`
type Arrays = { [One in TupleColumn as PartOf<One>]: InstanceType<(typeof KINDS)[One['kind']]['array']> }

/** Tuples as columns: row i is element i of every array; for addresses, elements 2i and 2i + 1. */
export interface Columns extends Arrays {
  /** Rows in use; the arrays may be longer. */
  length: number
}

export type ColumnName = keyof Arrays

const ARRAYS = TUPLE_COLUMNS.flatMap(({ name, kind }) => {
  const { array, width, parts } = KINDS[kind]
  return parts.map((part) => ({ name: `${name}${part}` as ColumnName, array, width }))
})

export function createColumns(capacity: number): Columns {
  const arrays = ARRAYS.map(({ name, array, width }) => [name, new array(capacity * width)])
  return { length: 0, ...Object.fromEntries(arrays) } as Columns
}

/** Makes room for `rows` more rows, doubling, in place. */
export function reserve(columns: Columns, rows: number): void {
  const needed = columns.length + rows
  if (needed <= columns.time.length) return
  const capacity = Math.max(needed, columns.time.length * 2)
  for (const { name, array, width } of ARRAYS) {
    const grown = new array(capacity * width)
    grown.set(columns[name].subarray(0, columns.length * width))
    ;(columns as unknown as Record<string, unknown>)[name] = grown
  }
}

/** The 128-bit address of a row. */
export function addressAt(columns: Columns, name: ColumnOf<'address'>['name'], row: number): bigint {
  const [hi, lo] = [columns[`${name}Hi`], columns[`${name}Lo`]]
  const words = [hi[row * 2 + 1]!, hi[row * 2]!, lo[row * 2 + 1]!, lo[row * 2]!]
  return words.reduce((value, word) => (value << 32n) | BigInt(word), 0n)
}
