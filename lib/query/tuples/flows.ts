import { formatAddress } from '@/lib/flow/address/address'
import type { FlowRow, FlowsAnswer } from '@/lib/flow/answer/tuples/flows'
import type { Order } from '@/lib/flow/field/order'
import type { FlowOrder } from '@/lib/flow/field/orders'
import { ALLOW, DENY, IN, OUT, STATE_END, tupleId } from '@/lib/flow/tuple/tuple'
import type { View } from '@/lib/flow/view/view'
import { COLUMNS, type ColumnType } from '@/lib/query/columns/columns'
import { type CellValue, instant } from '@/lib/query/columns/words'
import type { Scope, Scoped } from '@/lib/query/where/scope'
import { inRange, where } from '@/lib/query/where/where'
import { NEW_FLOW } from '@/lib/store/new-flow'
import { join, Sql, sql } from '@/lib/store/sql'
import type { Store } from '@/lib/store/store'
import { after, readCursor, writeCursor } from './cursor'
import { COURSE, ENDS, parted } from './parted'
import { type SortTerm, sortText } from './sort'

export interface FlowsOptions extends Scoped {
  limit?: number
  sort?: Order<FlowOrder>
  /** `next` of the previous page, or empty. */
  cursor?: string
}

const NEWEST: Order<FlowOrder> = { column: 'first', descending: true }

interface Found {
  src: bigint
  sport: number
  dst: bigint
  dport: number
  protocol: string
  blob: number
  pos: number
  oldest: number
  newest: number
  begins: number
  ends: number
  allow: number
  deny: number
  tuples: number
  packets_sent: number | null
  bytes_sent: number | null
  packets_received: number | null
  bytes_received: number | null
  src_mac: string | null
  dst_mac: string | null
  nics: number
}

const COUNTERS = ['packets_sent', 'bytes_sent', 'packets_received', 'bytes_received'] as const

/** Rows whose ends occur among those of the view: only their flows are wanted, and where each begins depends on all rows of these ends. */
function alike(view: View, scope: Scope): Sql {
  const range = inRange(view, scope)
  if (view.filter === null) return range
  const ends = sql`src, sport, dst, dport, proto`
  return sql`${range} and (${ends}) in (select ${ends} from tuples where ${where(view, scope)})`
}

/** Selects the flows of the view, one row each. */
function flowsSql(view: View, scope: Scope): Sql {
  const once = where({ ...view, once: true }, scope)
  const counters = join(
    COUNTERS.map((name) => {
      const column = Sql.of([name], [])
      return sql`sum(case when single = 1 then ${column} end) as ${column}`
    }),
    ', ',
  )
  const nic = (way: number) => sql`min(case when dir = ${way} and group_mac <> '' then group_mac end)`
  return sql`select ${ENDS}, max(case when place = 1 then blob else 0 end) as blob, max(case when place = 1 then pos else 0 end) as pos,
      min(time) as oldest, max(time) as newest, max(case when ${NEW_FLOW} then 1 else 0 end) as begins,
      max(case when action = ${DENY} or state = ${STATE_END} then 1 else 0 end) as ends,
      count(*) filter (where action = ${ALLOW}) as allow, count(*) filter (where action = ${DENY}) as deny, count(*) as tuples,
      ${counters}, ${nic(OUT)} as src_mac, ${nic(IN)} as dst_mac, count(distinct case when group_mac <> '' then group_mac end) as nics
    from (
      select *, row_number() over (partition by ${ENDS}, part ${COURSE}) as place, case when ${once} then 1 else 0 end as single
      from (${parted(alike(view, scope))}) as numbered where ${where(view, scope)}
    ) as own group by ${ENDS}, part`
}

const term = (type: ColumnType, value: Sql) => ({ type, value, named: false })
const counter = (value: Sql) => term('number', sql`coalesce(${value}, -1)`)

const TERMS: Readonly<Record<FlowOrder, Omit<SortTerm, 'descending'>>> = {
  first: term('number', sql`oldest`),
  last: term('number', sql`newest`),
  duration: term('number', sql`(newest - oldest)`),
  src: term('address', sql`src`),
  sport: term('number', sql`sport`),
  dst: term('address', sql`dst`),
  dport: term('number', sql`dport`),
  proto: term('text', sql`protocol`),
  allow: term('number', sql`allow`),
  deny: term('number', sql`deny`),
  tuples: term('number', sql`tuples`),
  packetsSent: counter(sql`packets_sent`),
  bytesSent: counter(sql`bytes_sent`),
  packetsReceived: counter(sql`packets_received`),
  bytesReceived: counter(sql`bytes_received`),
  srcMac: term('text', sql`coalesce(src_mac, 'none')`),
  dstMac: term('text', sql`coalesce(dst_mac, 'none')`),
  nics: term('number', sql`nics`),
}

/** The order, made total by the time and the id of the first tuple. */
function termsOf({ column, descending }: Order<FlowOrder>): SortTerm[] {
  const ties = column === 'first' ? [COLUMNS.blob, COLUMNS.offset] : [TERMS.first, COLUMNS.blob, COLUMNS.offset]
  return [TERMS[column], ...ties].map((one) => ({ ...one, descending }))
}

function toFlowRow(row: Found): FlowRow {
  return {
    id: tupleId(row.blob, row.pos),
    first: instant(row.oldest),
    last: instant(row.newest),
    begins: row.begins === 1,
    ends: row.ends === 1,
    src: formatAddress(row.src),
    sport: row.sport,
    dst: formatAddress(row.dst),
    dport: row.dport,
    proto: row.protocol,
    allow: row.allow,
    deny: row.deny,
    tuples: row.tuples,
    packetsSent: row.packets_sent,
    bytesSent: row.bytes_sent,
    packetsReceived: row.packets_received,
    bytesReceived: row.bytes_received,
    srcMac: row.src_mac,
    dstMac: row.dst_mac,
    nics: row.nics,
  }
}

/** Returns the number of flows of the view. */
export async function countFlows(store: Store, view: View, scope: Scope, signal?: AbortSignal): Promise<number> {
  const [row] = await store.query<{ total: number }>(sql`select count(*) as total from (${flowsSql(view, scope)}) as flows`, signal)
  return row!.total
}

export interface FlowsPage extends Pick<FlowsAnswer, 'total' | 'rows' | 'next'> {
  /** The cursor after each row. */
  cursors: string[]
}

/**
 * Returns one page of the view's flows, one row each, and their total number. A flow is there if one of its tuples is; its figures are those of its tuples in
 * the view, packets and bytes without what several observers recorded, whatever `once` says.
 * @throws Problem `ask` if the cursor belongs to another sort
 */
export async function flows(
  store: Store,
  view: View,
  { scope, limit = 100, sort = NEWEST, cursor = '' }: FlowsOptions,
  signal?: AbortSignal,
): Promise<FlowsPage> {
  const terms = termsOf(sort)
  const asked = sortText([{ field: sort.column, descending: sort.descending }])
  const places = terms.map((_, i) => Sql.of([`place${i}`], []))
  const values = join(
    places.map((place, i) => sql`${terms[i]!.value} as ${place}`),
    ', ',
  )
  const order = join(
    places.map((place, i) => (terms[i]!.descending ? sql`${place} desc` : sql`${place} asc`)),
    ', ',
  )
  const page = cursor === '' ? sql`1 = 1` : after(terms, readCursor(cursor, asked, terms))
  const found = await store.query<Found & { total: number } & Record<`place${number}`, CellValue>>(
    sql`select *, ${values} from (select *, count(*) over () as total from (${flowsSql(view, scope)}) as flows) as counted
      where ${page} order by ${order} limit ${limit + 1}`,
    signal,
  )
  const rows = found.slice(0, limit)
  const cursors = rows.map((row) =>
    writeCursor(
      asked,
      terms,
      terms.map((_, i) => row[`place${i}`]!),
    ),
  )
  return {
    total: found[0]?.total ?? (cursor === '' ? 0 : await countFlows(store, view, scope, signal)),
    rows: rows.map(toFlowRow),
    next: found.length > limit ? cursors.at(-1)! : null,
    cursors,
  }
}

/** Yields every flow of the view, oldest first, some thousand at a time. */
export async function* exportFlows(store: Store, view: View, { scope }: Scoped, signal?: AbortSignal): AsyncGenerator<FlowRow[]> {
  const question = sql`select * from (${flowsSql(view, scope)}) as flows order by oldest, blob, pos`
  for await (const rows of store.stream<Found>(question, signal)) yield rows.map(toFlowRow)
}
