import type { FilterField, KeyField, RowField } from '@/lib/flow/fields'
import { IN, PROTO_OTHER, STATE_OTHER, STATES } from '@/lib/flow/tuple'
import { type Sql, sql } from '@/lib/store/sql'

/** Tuples alone. */
export const TUPLES = sql`tuples`

/** What groups add to their tuples, under names that no column of `tuples` has. */
export const NAMES = sql`(
  select id as group_id, log as group_log, mac as group_mac, format as group_format, acl as group_acl, rule as group_rule, enc as group_enc,
    proto as group_proto, state as group_state
  from groups
) as named`

/** Tuples with the names of their group beside them. */
export const NAMED_TUPLES = sql`tuples join ${NAMES} on group_id = grp`

/** How a value of a column comes out of the engine, and goes back in. */
export type ColumnType = 'number' | 'address' | 'text'

export interface Column {
  type: ColumnType
  /** An expression over TUPLES, or over NAMED_TUPLES where `named` says so; never null. Text reads as in a row of the API, `none` for null. */
  value: Sql
  named: boolean
}

const number = (value: Sql): Column => ({ type: 'number', value, named: false })
const address = (value: Sql): Column => ({ type: 'address', value, named: false })
const text = (value: Sql): Column => ({ type: 'text', value, named: false })
const named = (value: Sql): Column => ({ type: 'text', value, named: true })

export const BYTES = sql`(coalesce(bytes_sent, 0) + coalesce(bytes_received, 0))`
export const PACKETS = sql`(coalesce(packets_sent, 0) + coalesce(packets_received, 0))`

const PROTO = sql`case
  when proto = ${PROTO_OTHER} then coalesce(group_proto, '') when proto = 6 then 'tcp' when proto = 17 then 'udp' else cast(proto as varchar) end`

const [none, begin, continues, end, deny] = STATES
const STATE = sql`case
  when state = ${STATE_OTHER} then coalesce(group_state, '')
  when state = 0 then ${none} when state = 1 then ${begin} when state = 2 then ${continues} when state = 3 then ${end} else ${deny} end`

/** The one place where a field of the catalogue becomes SQL. Fields of either end are in ENDS, `id` is blob and position, `scanner` is in scanner.ts. */
export const COLUMNS: Readonly<Record<Exclude<KeyField | RowField, 'ip' | 'port' | 'id'>, Column>> = {
  time: number(sql`time`),
  recordTime: number(sql`record_time`),
  dir: text(sql`case when dir = ${IN} then 'in' else 'out' end`),
  src: address(sql`src`),
  sport: number(sql`sport`),
  dst: address(sql`dst`),
  dport: number(sql`dport`),
  proto: named(PROTO),
  action: text(sql`case when action = 0 then 'allow' else 'deny' end`),
  state: named(STATE),
  packetsSent: number(sql`coalesce(packets_sent, -1)`),
  bytesSent: number(sql`coalesce(bytes_sent, -1)`),
  packetsReceived: number(sql`coalesce(packets_received, -1)`),
  bytesReceived: number(sql`coalesce(bytes_received, -1)`),
  packets: number(PACKETS),
  bytes: number(BYTES),
  rule: named(sql`group_rule`),
  acl: named(sql`group_acl`),
  enc: named(sql`coalesce(group_enc, 'none')`),
  mac: named(sql`group_mac`),
  log: named(sql`group_log`),
  format: named(sql`group_format`),
}

export const ENDS = { ip: ['src', 'dst'], port: ['sport', 'dport'] } as const

const LAST_PART = sql`right(acl, position('/' in reverse(concat('/', acl))) - 1)`

/** What a name in the filter is held against: expressions over `groups`, any of which may match. */
export const SPELLINGS = {
  rule: [sql`rule`],
  acl: [sql`acl`, LAST_PART],
  enc: [sql`coalesce(enc, 'none')`],
  mac: [sql`mac`],
  log: [sql`log`, sql`log_name`],
} as const satisfies Partial<Record<FilterField, readonly Sql[]>>
