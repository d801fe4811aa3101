import { BIGINT, BOOLEAN, type DuckDBType, type DuckDBValue, VARCHAR } from '@duckdb/node-api'
import { IPV4_BASE } from '@/lib/flow/address'
import type { BlobState, Rejection } from '@/lib/flow/blob'
import type { BlobPiece } from '@/lib/flow/piece'
import type { FlowGroup } from '@/lib/flow/tuple'

/** One table in DuckDB whose rows are objects of ours: columns in order, with how a value is read off the object. */
export interface Table<Row> {
  name: string
  columns: readonly { name: string; type: DuckDBType; of: (row: Row) => string | number | boolean | null }[]
}

export const GROUPS: Table<FlowGroup> = {
  name: 'groups',
  columns: [
    { name: 'id', type: BIGINT, of: (group) => group.id },
    { name: 'source', type: VARCHAR, of: (group) => group.source },
    { name: 'log', type: VARCHAR, of: (group) => group.log },
    { name: 'log_name', type: VARCHAR, of: (group) => group.logName },
    { name: 'mac', type: VARCHAR, of: (group) => group.mac },
    { name: 'format', type: VARCHAR, of: (group) => group.format },
    { name: 'acl', type: VARCHAR, of: (group) => group.acl },
    { name: 'rule', type: VARCHAR, of: (group) => group.rule },
    { name: 'enc', type: VARCHAR, of: (group) => group.enc },
    { name: 'proto', type: VARCHAR, of: (group) => group.proto },
    { name: 'state', type: VARCHAR, of: (group) => group.state },
  ],
}

export const REJECTIONS: Table<Rejection> = {
  name: 'rejections',
  columns: [
    { name: 'blob', type: BIGINT, of: (rejection) => rejection.blob },
    { name: 'reason', type: VARCHAR, of: (rejection) => rejection.reason },
    { name: 'what', type: VARCHAR, of: (rejection) => rejection.what },
    { name: 'count', type: BIGINT, of: (rejection) => rejection.count },
    { name: 'pos', type: BIGINT, of: (rejection) => rejection.offset },
    { name: 'sample', type: VARCHAR, of: (rejection) => rejection.sample },
  ],
}

export const READS: Table<BlobPiece> = {
  name: 'reads',
  columns: [
    { name: 'blob', type: BIGINT, of: (piece) => piece.blob },
    { name: 'from_byte', type: BIGINT, of: (piece) => piece.from },
    { name: 'to_byte', type: BIGINT, of: (piece) => piece.to },
    { name: 'sha256', type: VARCHAR, of: (piece) => piece.sha256 },
  ],
}

function blobColumn<Key extends keyof BlobState>(name: Key, type: DuckDBType) {
  return { name, type, of: (state: BlobState) => state[name] }
}

/** Column names are BlobState's own, so that a row read back is one. */
export const BLOBS: Table<BlobState> = {
  name: 'blobs',
  columns: [
    blobColumn('id', BIGINT),
    blobColumn('source', VARCHAR),
    blobColumn('container', VARCHAR),
    blobColumn('name', VARCHAR),
    blobColumn('etag', VARCHAR),
    blobColumn('length', BIGINT),
    blobColumn('modified', BIGINT),
    blobColumn('scope', VARCHAR),
    blobColumn('hour', BIGINT),
    blobColumn('mac', VARCHAR),
    blobColumn('log', VARCHAR),
    blobColumn('resume', BIGINT),
    blobColumn('complete', BOOLEAN),
    blobColumn('through', BIGINT),
    blobColumn('first', BIGINT),
    blobColumn('last', BIGINT),
    blobColumn('tuples', BIGINT),
    blobColumn('records', BIGINT),
    blobColumn('mark', VARCHAR),
  ],
}

function whole(name: string): string {
  return `(${name}::bigint + ${name}_hi::bigint * 4294967296)`
}

function counter(name: string): readonly [string, string, string] {
  return [name, 'bigint', `nullif(${whole(name)}, 0) - 1`]
}

/** What a tuple has besides its addresses, in the order of every table that holds tuples: name, type, how it is read off a spool file. */
const FACTS: readonly (readonly [name: string, type: string, spooled?: string])[] = [
  ['time', 'bigint not null'],
  ['record_time', 'bigint not null'],
  ['sport', 'usmallint not null'],
  ['dport', 'usmallint not null'],
  ['proto', 'usmallint not null'],
  ['dir', 'utinyint not null'],
  ['action', 'utinyint not null'],
  ['state', 'utinyint not null'],
  counter('packets_sent'),
  counter('bytes_sent'),
  counter('packets_received'),
  counter('bytes_received'),
  ['grp', 'bigint not null'],
  ['blob', 'bigint not null'],
  ['hour', 'bigint not null'],
  ['pos', 'bigint not null', whole('pos')],
  ['record_pos', 'bigint not null'],
]

const NAMES = FACTS.map(([name]) => name).join(', ')
const SPOOLED = FACTS.map(([name, type, spooled]) => `${spooled ?? `${name}::${type.split(' ')[0]}`} as ${name}`).join(', ')

/**
 * Settled tuples lie apart by family: DuckDB packs four bytes an IPv4 address, but it unpacks packed 128-bit integers a hundred times slower than it
 * reads plain ones, and a few IPv6 rows would widen all others. `rolled` tells that `minutes` counts the row.
 */
export const SETTLED = [
  {
    name: 'settled4',
    address: 'uinteger not null',
    end: (end: 'src' | 'dst') => `(${end}::ubigint + ${IPV4_BASE}::ubigint)::uhugeint`,
    spooled: (end: 'src' | 'dst') => `${end}::uinteger`,
    where: 'ipv4 = 1',
  },
  {
    name: 'settled6',
    address: 'uhugeint not null using compression uncompressed',
    end: (end: 'src' | 'dst') => end,
    spooled: spooledAddress,
    where: 'ipv4 = 0',
  },
] as const

/** A shift of 128 bits costs DuckDB four times a cast, and IPv4 needs none. */
function spooledAddress(end: 'src' | 'dst'): string {
  const lower = `((${end}_mid::ubigint << 32) | ${end}::ubigint)`
  return `case when ${end}_hi = 0 then ${lower}::uhugeint else (${end}_hi::uhugeint << 64) | ${lower} end`
}

/** Sums over the tuples of one blob, group, direction, action, minute and minute of flush; `packets` are both directions, `first` and `last` tuple times. */
export const CREATE_MINUTES = `create table minutes(
  blob bigint not null, hour bigint not null, grp bigint not null, dir utinyint not null, action utinyint not null,
  minute bigint not null, record_minute bigint not null, tuples bigint not null, flows bigint not null,
  bytes_sent bigint not null, bytes_received bigint not null, packets bigint not null, first bigint not null, last bigint not null)`

export const MINUTES_FROM_SPOOL = `select blob, hour, grp, dir::utinyint, action::utinyint, minute, record_minute, tuples, flows, bytes_sent, bytes_received,
  packets, first, last`

export const CREATE_PARTS =
  'create table parts(file varchar not null, rolled boolean not null, rows bigint not null, bytes bigint not null, crc bigint not null)'

/** A spool file whose rows count, and which is not yet settled. `file` is its name in the spool folder. */
export interface Part {
  file: string
  /** The rows are counted in `minutes` too. */
  rolled: boolean
  rows: number
  /** Length of the file, and its CRC-32. */
  bytes: number
  crc: number
}

export function createSettled({ name, address }: (typeof SETTLED)[number]): string {
  return `create table ${name}(src ${address}, dst ${address}, ${FACTS.map(([column, type]) => `${column} ${type}`).join(', ')}, rolled boolean not null)`
}

/** Every tuple there is, settled or not. `parquet` writes out the call that reads files. */
export function createTuples(parts: readonly Part[], parquet: (parts: readonly Part[]) => string): string {
  const settled = SETTLED.map(({ name, end }) => `select ${end('src')} as src, ${end('dst')} as dst, ${NAMES}, rolled from ${name}`)
  const spooled = [true, false].flatMap((rolled) => {
    const some = parts.filter((part) => part.rolled === rolled)
    if (some.length === 0) return []
    return `select ${spooledAddress('src')} as src, ${spooledAddress('dst')} as dst, ${SPOOLED}, ${rolled} as rolled from ${parquet(some)}`
  })
  return `create or replace view tuples as ${[...settled, ...spooled].join(' union all ')}`
}

/** Statements that settle parts which are all rolled up, or all not. */
export function settle(parts: readonly Part[], parquet: (parts: readonly Part[]) => string): string[] {
  return SETTLED.map(
    ({ name, spooled, where }) =>
      `insert into ${name} select ${spooled('src')}, ${spooled('dst')}, ${SPOOLED}, ${parts[0]!.rolled} from ${parquet(parts)} where ${where}`,
  )
}

export function createTable<Row>(table: Table<Row>): string {
  return `create table ${table.name}(${table.columns.map(({ name, type }) => `"${name}" ${type}`).join(', ')})`
}

/** Rows as DuckDB wants them. */
export function toValues<Row>(table: Table<Row>, rows: readonly Row[]): DuckDBValue[][] {
  return rows.map((row) =>
    table.columns.map(({ type, of }) => {
      const value = of(row)
      return type === BIGINT && typeof value === 'number' ? BigInt(value) : value
    }),
  )
}
