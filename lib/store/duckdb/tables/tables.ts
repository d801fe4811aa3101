import { BIGINT, BOOLEAN, type DuckDBType, type DuckDBValue, VARCHAR } from '@duckdb/node-api'
import { IPV4_BASE, IPV4_LAST } from '@/lib/flow/address/address'
import { type ColumnOf, TUPLE_COLUMNS, type TupleColumn } from '@/lib/flow/tuple/columns'
import { cellsOf, MINUTE_COLUMNS, type Table, type TableColumn } from '@/lib/store/schema'

const TYPES: Readonly<Record<TableColumn<unknown>['type'], DuckDBType>> = { integer: BIGINT, text: VARCHAR, boolean: BOOLEAN }

function whole(name: string): string {
  return `(${name}::bigint + ${name}_hi::bigint * 4294967296)`
}

type Fact = Exclude<TupleColumn, ColumnOf<'address'>>

/** The columns of a tuple besides its addresses: the type of each kind, and the conversion from a spool file if a cast is not enough. */
const KINDS: Readonly<Record<Fact['kind'], { type: string; spooled?: (name: string) => string }>> = {
  time: { type: 'bigint' },
  offset: { type: 'bigint', spooled: whole },
  shared: { type: 'bigint' },
  counter: { type: 'bigint', spooled: (name) => `nullif(${whole(name)}, 0) - 1` },
  port: { type: 'usmallint' },
  protocol: { type: 'usmallint' },
  code: { type: 'utinyint' },
}

const FACTS = TUPLE_COLUMNS.filter((column): column is Fact => column.kind !== 'address')
const NAMES = FACTS.map(({ stored }) => stored).join(', ')
const SPOOLED = FACTS.map(({ stored, kind }) => {
  const { type, spooled } = KINDS[kind]
  return `${spooled?.(stored) ?? `${stored}::${type}`} as ${stored}`
}).join(', ')
const CREATE_FACTS = FACTS.map(({ stored, kind }) => `${stored} ${KINDS[kind].type}${kind === 'counter' ? '' : ' not null'}`).join(', ')

/** The two address columns, in the order of every table of tuples. */
const ENDS = TUPLE_COLUMNS.flatMap((column) => (column.kind === 'address' ? [column.stored] : []))
type End = (typeof ENDS)[number]

/**
 * Settled tuples are divided by family: DuckDB packs IPv4 addresses into four bytes, but it unpacks packed 128-bit integers a hundred times slower than it
 * reads plain ones, and a few IPv6 rows would widen all others. `rolled` tells whether `minutes` counts the row.
 */
export const SETTLED = [
  {
    name: 'settled4',
    address: 'uinteger not null',
    end: (end: End) => `(${end}::ubigint + ${IPV4_BASE}::ubigint)::uhugeint`,
    ipv4: (end: End) => `${end}::bigint`,
    ipv6: () => 'null::uhugeint',
    spooled: (end: End) => `${end}::uinteger`,
    where: 'ipv4 = 1',
  },
  {
    name: 'settled6',
    address: 'uhugeint not null using compression uncompressed',
    end: (end: End) => end,
    ipv4: (end: End) => `case when ${end} between ${IPV4_BASE} and ${IPV4_LAST} then (${end} - ${IPV4_BASE}::uhugeint)::bigint end`,
    ipv6: (end: End) => `case when ${end} between ${IPV4_BASE} and ${IPV4_LAST} then null else ${end} end`,
    spooled: spooledAddress,
    where: 'ipv4 = 0',
  },
] as const

/** Without a shift for IPv4: in DuckDB, a shift of 128 bits costs four times a cast. */
function spooledAddress(end: End): string {
  const lower = `((${end}_mid::ubigint << 32) | ${end}::ubigint)`
  return `case when ${end}_hi = 0 then ${lower}::uhugeint else (${end}_hi::uhugeint << 64) | ${lower} end`
}

const minuteType = (kind: (typeof MINUTE_COLUMNS)[number]['kind']) => (kind === 'code' ? 'utinyint' : 'bigint')

export const CREATE_MINUTES = `create table minutes(${MINUTE_COLUMNS.map(({ name, kind }) => `${name} ${minuteType(kind)} not null`).join(', ')})`

export const MINUTES_FROM_SPOOL = `select ${MINUTE_COLUMNS.map(({ name, kind }) => `${name}::${minuteType(kind)}`).join(', ')}`

export const CREATE_PARTS =
  'create table parts(file varchar not null, rolled boolean not null, rows bigint not null, bytes bigint not null, crc bigint not null)'

/** A spool file whose rows count and are not settled yet. `file` is its name in the spool folder. */
export interface SpoolPart {
  file: string
  /** True if the rows are also counted in `minutes`. */
  rolled: boolean
  rows: number
  /** Length of the file, and its CRC-32. */
  bytes: number
  crc: number
}

export function createSettled({ name, address }: (typeof SETTLED)[number]): string {
  return `create table ${name}(${ENDS.map((end) => `${end} ${address}`).join(', ')}, ${CREATE_FACTS}, rolled boolean not null)`
}

type Read = (end: End) => string

/** The columns of both ends for queries: the address, and one column for each family, null for the other family (`query/condition/listed.ts`). */
function ends(end: Read, ipv4: Read, ipv6: Read): string {
  return ENDS.map((name) => `${end(name)} as ${name}, ${ipv4(name)} as ${name}_ipv4, ${ipv6(name)} as ${name}_ipv6`).join(', ')
}

/** Returns the statement for the view of all tuples, settled or not. `parquet` writes the call that reads files. */
export function createTuples(parts: readonly SpoolPart[], parquet: (parts: readonly SpoolPart[]) => string): string {
  const settled = SETTLED.map(({ name, end, ipv4, ipv6 }) => `select ${ends(end, ipv4, ipv6)}, ${NAMES}, rolled from ${name}`)
  const isIPv4 = (end: End) => `${end}_hi = 0 and ${end}_mid = ${IPV4_BASE >> 32n}`
  const read = ends(
    spooledAddress,
    (end) => `case when ${isIPv4(end)} then ${end}::bigint end`,
    (end) => `case when ${isIPv4(end)} then null else ${spooledAddress(end)} end`,
  )
  const spooled = [true, false].flatMap((rolled) => {
    const some = parts.filter((part) => part.rolled === rolled)
    return some.length === 0 ? [] : [`select ${read}, ${SPOOLED}, ${rolled} as rolled from ${parquet(some)}`]
  })
  return `create or replace view tuples as ${[...settled, ...spooled].join(' union all ')}`
}

/** Returns the statements that settle parts, which must be all rolled up or all not. */
export function settle(parts: readonly SpoolPart[], parquet: (parts: readonly SpoolPart[]) => string): string[] {
  return SETTLED.map(
    ({ name, spooled, where }) =>
      `insert into ${name} select ${ENDS.map(spooled).join(', ')}, ${SPOOLED}, ${parts[0]!.rolled} from ${parquet(parts)} where ${where}`,
  )
}

export function createTable<Row>({ name, columns }: Table<Row>): string {
  return `create table ${name}(${columns.map((column) => `"${column.name}" ${TYPES[column.type]}`).join(', ')})`
}

/** Returns the types of a table's columns for an appender. */
export function typesOf<Row>({ columns }: Table<Row>): DuckDBType[] {
  return columns.map(({ type }) => TYPES[type])
}

/** Returns rows in DuckDB's form. */
export function toValues<Row>(table: Table<Row>, rows: readonly Row[]): DuckDBValue[][] {
  return rows.map((row) => cellsOf(table, row).map((cell) => (typeof cell === 'number' ? BigInt(cell) : cell)))
}
