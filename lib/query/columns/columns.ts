import { IPV4_BASE, IPV4_LAST } from '@/lib/flow/address/address'
import { BLOCK_COUNTS, type BlockSize } from '@/lib/flow/address/block'
import type { ContextField, KeyField, RowField } from '@/lib/flow/field/fields'
import { TUPLE_COLUMNS, type TupleColumn } from '@/lib/flow/tuple/columns'
import type { GroupField } from '@/lib/query/filter/formula'
import { GROUP_FACTS } from '@/lib/store/row'
import { GROUPS } from '@/lib/store/schema'
import { Sql, sql } from '@/lib/store/sql'
import { codedOf, codeSql, isCoded } from './codes'

/** Tuples alone. */
export const TUPLES = sql`tuples`

const FACTS = GROUP_FACTS.map((name) => `${name} as group_${name}`).join(', ')

/** The columns that groups add to their tuples, under names that no column of `tuples` has. */
export const NAMES = sql`(select id as group_id, ${Sql.of([FACTS], [])} from groups) as named`

/** Tuples joined with the names of their group. */
export const NAMED_TUPLES = sql`tuples join ${NAMES} on group_id = grp`

/** Type of a column's value, which determines its conversion from and to the engine. */
export type ColumnType = 'number' | 'address' | 'text' | BlockSize

export interface Column {
  type: ColumnType
  /** An expression over TUPLES, or over NAMED_TUPLES if `named`; never null. Text is as in a row of the API, `none` for null. */
  value: Sql
  named: boolean
}

const number = (value: Sql): Column => ({ type: 'number', value, named: false })

export const BYTES = sql`(coalesce(bytes_sent, 0) + coalesce(bytes_received, 0))`
export const PACKETS = sql`(coalesce(packets_sent, 0) + coalesce(packets_received, 0))`

/** Returns a stored column of a tuple in the form for comparing and sorting; an unmeasured counter is -1. */
function stored({ name, stored, kind }: TupleColumn): Column {
  if (isCoded(name)) return { type: 'text', value: codeSql(name), named: codedOf(name).other !== undefined }
  const value = Sql.of([stored], [])
  if (kind === 'address') return { type: 'address', value, named: false }
  return number(kind === 'counter' ? sql`coalesce(${value}, -1)` : value)
}

function ofGroup(name: (typeof GROUP_FACTS)[number]): Column {
  const value = Sql.of([`group_${name}`], [])
  const nullable = GROUPS.columns.some((column) => column.name === name && column.nullable)
  return { type: 'text', value: nullable ? sql`coalesce(${value}, 'none')` : value, named: true }
}

/** Returns the first address of the block of an end. A difference of 128-bit addresses is signed on some engines, hence the cast. */
function blocked(end: 'src' | 'dst', size: BlockSize): Column {
  const address = Sql.of([end], [])
  const { ipv4, ipv6 } = BLOCK_COUNTS[size]
  const first = (count: bigint) => sql`cast(${address} - ${address} % ${count} as uhugeint)`
  const value = sql`case when ${address} between ${IPV4_BASE} and ${IPV4_LAST} then ${first(ipv4)} else ${first(ipv6)} end`
  return { type: size, value, named: false }
}

/**
 * The only place where a field of the catalogue becomes SQL: stored columns by their names, and derived ones. Fields of either end are in keyed.ts, context
 * fields in known.ts, `scanner` in scanner.ts; `id` consists of blob and offset.
 */
export const COLUMNS = {
  ...(Object.fromEntries(GROUP_FACTS.map((name) => [name, ofGroup(name)])) as Record<(typeof GROUP_FACTS)[number], Column>),
  ...(Object.fromEntries(TUPLE_COLUMNS.map((column) => [column.name, stored(column)])) as Record<TupleColumn['name'], Column>),
  packets: number(PACKETS),
  src24: blocked('src', '24'),
  dst24: blocked('dst', '24'),
  src16: blocked('src', '16'),
  dst16: blocked('dst', '16'),
  bytes: number(BYTES),
} satisfies Record<Exclude<KeyField | RowField, 'ip' | 'port' | 'id' | ContextField>, Column>

const LAST_PART = sql`right(acl, position('/' in reverse(concat('/', acl))) - 1)`

/** The expressions over `groups` that a name in the filter is compared with; they are never null, and any of them may match. */
export const SPELLINGS: Readonly<Record<GroupField, readonly Sql[]>> = {
  rule: [sql`rule`],
  acl: [sql`acl`, LAST_PART],
  enc: [sql`coalesce(enc, 'none')`],
  mac: [sql`mac`],
  log: [sql`log`, sql`log_name`],
  format: [sql`format`],
  proto: [sql`coalesce(proto, '')`],
  state: [sql`coalesce(state, '')`],
}
