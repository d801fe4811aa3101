import type { BlobState, Rejection } from '@/lib/flow/reading/blob'
import type { BlobPiece } from '@/lib/flow/reading/piece'
import { TUPLE_COLUMNS, type TupleColumn } from '@/lib/flow/tuple/columns'
import type { FlowGroup } from '@/lib/flow/tuple/tuple'

/**
 * The tables of every engine, defined once: spool files, the engines' own tables and inserts, select lists and row types derive from this file and
 * `flow/tuple/columns.ts`.
 */

/** Must grow with every change of the stored data or of the parser's results: data stored by another version is read again from its source. */
export const VERSION = 9

/**
 * Columns of `tuples` by their stored names. In addition, the tables have `rolled`, whether `minutes` counts the row, and for lookups in long lists each end by
 * family: `src_ipv4` and `dst_ipv4` are the 32 bits of an IPv4 address, `src_ipv6` and `dst_ipv6` are any other address. One of each pair is null.
 */
export const TUPLE_NAMES = TUPLE_COLUMNS.map(({ stored }) => stored)

type ValueOf<Kind extends TupleColumn['kind']> = Kind extends 'address' ? bigint : Kind extends 'counter' ? number | null : number

/** A row of `tuples` as an engine returns it; counters are null if nothing was measured. */
export type StoredTuple = { [One in TupleColumn as One['stored']]: ValueOf<One['kind']> }

/**
 * Columns of `minutes`: sums over the tuples that are `rolled`, by blob, group, direction, action, minute and minute of flush. `minute`, `record_minute`,
 * `first` and `last` (tuple times) are epoch milliseconds, `packets` are both directions. A `total` may exceed 64 bits.
 */
export const MINUTE_COLUMNS = [
  { name: 'blob', kind: 'key' },
  { name: 'hour', kind: 'key' },
  { name: 'grp', kind: 'key' },
  { name: 'dir', kind: 'code' },
  { name: 'action', kind: 'code' },
  { name: 'minute', kind: 'key' },
  { name: 'record_minute', kind: 'key' },
  { name: 'tuples', kind: 'sum' },
  { name: 'flows', kind: 'sum' },
  { name: 'bytes_sent', kind: 'total' },
  { name: 'bytes_received', kind: 'total' },
  { name: 'packets', kind: 'total' },
  { name: 'first', kind: 'sum' },
  { name: 'last', kind: 'sum' },
] as const satisfies readonly { name: string; kind: 'key' | 'code' | 'sum' | 'total' }[]

/** A column of one of the smaller tables, and the property of our objects that it stores. */
export interface TableColumn<Row> {
  name: string
  key: keyof Row & string
  type: 'integer' | 'text' | 'boolean'
  nullable?: true
  /** True if there are few distinct values. */
  few?: true
}

/** A table whose rows are objects of ours. */
export interface Table<Row> {
  name: string
  columns: readonly TableColumn<Row>[]
}

export const GROUPS: Table<FlowGroup> = {
  name: 'groups',
  columns: [
    { name: 'id', key: 'id', type: 'integer' },
    { name: 'source', key: 'source', type: 'text', few: true },
    { name: 'log', key: 'log', type: 'text' },
    { name: 'log_name', key: 'logName', type: 'text' },
    { name: 'mac', key: 'mac', type: 'text' },
    { name: 'format', key: 'format', type: 'text', few: true },
    { name: 'acl', key: 'acl', type: 'text' },
    { name: 'rule', key: 'rule', type: 'text' },
    { name: 'enc', key: 'enc', type: 'text', nullable: true, few: true },
    { name: 'proto', key: 'proto', type: 'text', nullable: true },
    { name: 'state', key: 'state', type: 'text', nullable: true },
  ],
}

/** The pieces of a blob adjoin, without gaps, from 0 to BlobState.resume: one for each reading that found something to count. */
export const READS: Table<BlobPiece> = {
  name: 'reads',
  columns: [
    { name: 'blob', key: 'blob', type: 'integer' },
    { name: 'from_byte', key: 'from', type: 'integer' },
    { name: 'to_byte', key: 'to', type: 'integer' },
    { name: 'sha256', key: 'sha256', type: 'text' },
  ],
}

export const REJECTIONS: Table<Rejection> = {
  name: 'rejections',
  columns: [
    { name: 'blob', key: 'blob', type: 'integer' },
    { name: 'reason', key: 'reason', type: 'text' },
    { name: 'what', key: 'what', type: 'text' },
    { name: 'count', key: 'count', type: 'integer' },
    { name: 'bytes', key: 'bytes', type: 'integer' },
    { name: 'pos', key: 'offset', type: 'integer' },
    { name: 'sample', key: 'sample', type: 'text' },
  ],
}

/** Column names are BlobState's own, so that a row read back is a BlobState. ClickHouse keeps states as JSON, each with the marks of its rows. */
export const BLOBS: Table<BlobState> = {
  name: 'blobs',
  columns: [
    { name: 'id', key: 'id', type: 'integer' },
    { name: 'source', key: 'source', type: 'text' },
    { name: 'container', key: 'container', type: 'text' },
    { name: 'name', key: 'name', type: 'text' },
    { name: 'etag', key: 'etag', type: 'text' },
    { name: 'length', key: 'length', type: 'integer' },
    { name: 'modified', key: 'modified', type: 'integer' },
    { name: 'scope', key: 'scope', type: 'text', nullable: true },
    { name: 'hour', key: 'hour', type: 'integer', nullable: true },
    { name: 'mac', key: 'mac', type: 'text', nullable: true },
    { name: 'log', key: 'log', type: 'text', nullable: true },
    { name: 'resume', key: 'resume', type: 'integer' },
    { name: 'complete', key: 'complete', type: 'boolean' },
    { name: 'through', key: 'through', type: 'integer', nullable: true },
    { name: 'first', key: 'first', type: 'integer', nullable: true },
    { name: 'last', key: 'last', type: 'integer', nullable: true },
    { name: 'tuples', key: 'tuples', type: 'integer' },
    { name: 'records', key: 'records', type: 'integer' },
    { name: 'mark', key: 'mark', type: 'text', nullable: true },
  ],
}

/** The value of a column of these tables. */
export type TableCell = string | number | boolean | null

/** Returns the properties of an object in the order of the table's columns. */
export function cellsOf<Row>({ columns }: Table<Row>, row: Row): TableCell[] {
  return columns.map(({ key }) => row[key] as TableCell)
}

/** Returns the object with these cells; integers may be given as text. */
export function rowFrom<Row>({ columns }: Table<Row>, cells: readonly TableCell[]): Row {
  return Object.fromEntries(
    columns.map(({ key, type }, i) => [key, type === 'integer' && cells[i] !== null ? Number(cells[i]) : cells[i]]),
  ) as Row
}
