import { formatAddress } from '@/lib/flow/address/address'
import type { FlipsAnswer } from '@/lib/flow/answer/traffic/flips'
import type { Order } from '@/lib/flow/field/order'
import type { FlipOrder } from '@/lib/flow/field/orders'
import { ALLOW, DENY, DIRECTIONS, IN, tupleId } from '@/lib/flow/tuple/tuple'
import type { FlipWay } from '@/lib/flow/view/flip'
import type { View } from '@/lib/flow/view/view'
import { type Sql, sql } from '@/lib/store/sql'
import type { Store } from '@/lib/store/store'
import { COLUMNS, NAMED_TUPLES, NAMES } from './columns/columns'
import { instant } from './columns/words'
import type { Scope, Scoped } from './where/scope'
import { inRange, where } from './where/where'

export interface FlipsOptions extends Scoped {
  /** Only keys with a change in this direction; `all` for either. */
  way?: FlipWay
  sort?: Order<FlipOrder>
  limit?: number
}

type Row = FlipsAnswer['rows'][number]
type Flip = NonNullable<Row['opened']>

const LIMIT = 50

const KEY = sql`src, dst, dport, protocol, way`
/** The order in which a key's tuples were logged; at the same moment by blob and position, as ids are ordered. */
const COURSE = sql`partition by ${KEY} order by moment, blob, pos`
const NEVER = Number.MAX_SAFE_INTEGER

/** Selects keys that were both allowed and denied in the range; unknown protocols are not distinguished yet. */
function candidates(range: Sql): Sql {
  return sql`select src, dst, dport, proto, dir from tuples where ${range}
    group by src, dst, dport, proto, dir having min(action) < max(action)`
}

/**
 * Selects runs of a key's tuples with the same action, numbered from 1, with the groups of their first and last tuple. Every run except the first begins with a
 * flip.
 */
function runs(view: View, scope: Scope): Sql {
  const range = inRange(view, scope)
  return sql`select ${KEY}, run, min(action) as verdict, count(*) as tuples, min(moment) as oldest, max(moment) as newest, max(matching) as matches,
      max(case when opens = 1 then grp else 0 end) as head, max(case when closes = 1 then grp else 0 end) as tail,
      max(case when opens = 1 then blob else 0 end) as "headBlob", max(case when opens = 1 then pos else 0 end) as "headPos"
    from (
      select *, cast(sum(opens) over (${COURSE} rows between unbounded preceding and current row) as bigint) as run from (
        select *, case when lag(action, 1, 2) over (${COURSE}) = action then 0 else 1 end as opens,
          case when lead(action, 1, 2) over (${COURSE}) = action then 0 else 1 end as closes
        from (
          select src, dst, dport, ${COLUMNS.proto.value} as protocol, dir as way, time as moment, action, grp, blob, pos,
            case when ${where(view, scope)} then 1 else 0 end as matching
          from ${NAMED_TUPLES} where ${range} and (src, dst, dport, proto, dir) in (${candidates(range)})
        ) as logged
      ) as changes
    ) as numbered group by ${KEY}, run`
}

/**
 * Joins each run with the previous one and the totals of its key. The first flip in each direction is given by the number of its run, NEVER if there is none.
 */
function steps(view: View, scope: Scope): Sql {
  const own = sql`partition by ${KEY}`
  const first = (value: Sql, verdict: number) =>
    sql`min(case when run > 1 and verdict = ${verdict} then ${value} else ${NEVER} end) over (${own})`
  const before = (value: Sql) => sql`lag(${value}, 1, 0) over (${own} order by run)`
  return sql`select *, count(*) over (${own}) - 1 as flips, max(matches) over (${own}) as asked, min(oldest) over (${own}) as "keyFirst",
      max(newest) over (${own}) as "keyLast", sum(case when verdict = ${ALLOW} then tuples else 0 end) over (${own}) as allow,
      sum(case when verdict = ${DENY} then tuples else 0 end) over (${own}) as deny,
      ${first(sql`run`, ALLOW)} as "openedRun", ${first(sql`run`, DENY)} as "closedRun",
      ${first(sql`oldest`, ALLOW)} as "openedAt", ${first(sql`oldest`, DENY)} as "closedAt",
      ${before(sql`tuples`)} as "tuplesBefore", ${before(sql`oldest`)} as "oldestBefore", ${before(sql`newest`)} as "newestBefore",
      ${before(sql`tail`)} as "tailBefore"
    from (${runs(view, scope)}) as runs`
}

const WAYS: Readonly<Record<FlipWay, Sql>> = {
  all: sql`1 = 1`,
  opened: sql`"openedAt" < ${NEVER}`,
  closed: sql`"closedAt" < ${NEVER}`,
}

const EARLIER = sql`case when "openedAt" < "closedAt" then "openedAt" else "closedAt" end`

const ORDERS: Readonly<Record<FlipOrder, Sql>> = {
  at: EARLIER,
  src: sql`src`,
  dst: sql`dst`,
  dport: sql`dport`,
  deny: sql`deny`,
  allow: sql`allow`,
  first: sql`"keyFirst"`,
  last: sql`"keyLast"`,
  flips: sql`flips`,
}

const NEWEST_FIRST: Order<FlipOrder> = { column: 'at', descending: true }

/** Returns the order by a column. By default: inbound keys that were opened, then outbound ones, then those that were only closed; the newest flips first. */
function order(way: FlipWay, { column, descending }: Order<FlipOrder>): Sql {
  if (column !== 'at' || !descending) return sql`${ORDERS[column]} ${descending ? sql`desc` : sql`asc`}, ${KEY}`
  const inbound = sql`case when way = ${IN} then 0 else 1 end`
  if (way === 'closed') return sql`${inbound}, "closedAt" desc, ${KEY}`
  return sql`case when "openedAt" < ${NEVER} then ${inbound} else 2 end,
    case when "openedAt" < ${NEVER} then "openedAt" else "closedAt" end desc, ${KEY}`
}

interface Step {
  src: bigint
  dst: bigint
  dport: number
  protocol: string
  way: number
  place: number
  total: number
  flips: number
  allow: number
  deny: number
  keyFirst: number
  keyLast: number
  verdict: number
  tuples: number
  oldest: number
  newest: number
  headBlob: number
  headPos: number
  rule: string
  acl: string
  tuplesBefore: number
  oldestBefore: number
  newestBefore: number
  ruleBefore: string
  aclBefore: string
}

function toFlip(step: Step): Flip {
  return {
    at: instant(step.oldest),
    id: tupleId(step.headBlob, step.headPos),
    before: {
      tuples: step.tuplesBefore,
      first: instant(step.oldestBefore),
      last: instant(step.newestBefore),
      rule: step.ruleBefore,
      acl: step.aclBefore,
    },
    after: { tuples: step.tuples, first: instant(step.oldest), last: instant(step.newest), rule: step.rule, acl: step.acl },
  }
}

/**
 * Finds keys (source, destination, destination port, protocol, direction) whose action changed between consecutive tuples in the range. A key belongs to the
 * view if any of its tuples passes the filter; its history contains all of its tuples in the range, because a filter for denied tuples would hide every flip.
 */
export async function flips(
  store: Store,
  view: View,
  { scope, way = 'all', sort = NEWEST_FIRST, limit = LIMIT }: FlipsOptions,
  signal?: AbortSignal,
): Promise<Pick<FlipsAnswer, 'total' | 'rows'>> {
  const found = await store.query<Step>(
    sql`select ${KEY}, place, total, flips, allow, deny, "keyFirst", "keyLast", verdict, tuples, oldest, newest, "headBlob", "headPos",
        group_rule as rule, group_acl as acl, "tuplesBefore", "oldestBefore", "newestBefore", "ruleBefore", "aclBefore"
      from (
        select *, max(place) over () as total from (
          select *, dense_rank() over (order by ${order(way, sort)}) as place from (${steps(view, scope)}) as steps
          where asked = 1 and ${WAYS[way]} and (run = "openedRun" or run = "closedRun")
        ) as placed
      ) as shown
      join ${NAMES} on group_id = head
      join (select id as "earlierId", rule as "ruleBefore", acl as "aclBefore" from groups) as earlier on "earlierId" = "tailBefore"
      where place <= ${limit} order by place`,
    signal,
  )
  const rows = new Map<number, Row>()
  for (const step of found) {
    const row = rows.get(step.place) ?? {
      ...{
        src: formatAddress(step.src),
        dst: formatAddress(step.dst),
        dport: step.dport,
        proto: step.protocol,
        dir: DIRECTIONS[step.way]!,
      },
      ...{ flips: step.flips, allow: step.allow, deny: step.deny, first: instant(step.keyFirst), last: instant(step.keyLast) },
      opened: null,
      closed: null,
    }
    rows.set(step.place, { ...row, [step.verdict === ALLOW ? 'opened' : 'closed']: toFlip(step) })
  }
  return { total: found[0]?.total ?? 0, rows: [...rows.values()] }
}
