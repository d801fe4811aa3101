import type { ScansAnswer } from '@/lib/flow/answer/traffic/scans'
import type { Order } from '@/lib/flow/field/order'
import type { ScanOrder } from '@/lib/flow/field/orders'
import { type ScanGroup, type ScanThresholds, USUAL } from '@/lib/flow/field/scan'
import { MINUTE } from '@/lib/flow/time/bucket'
import { ALLOW, DENY, IN } from '@/lib/flow/tuple/tuple'
import type { View } from '@/lib/flow/view/view'
import { join, type Sql, sql } from '@/lib/store/sql'
import type { Store } from '@/lib/store/store'
import { COLUMNS, NAMED_TUPLES, NAMES } from './columns/columns'
import { instant } from './columns/words'
import { ORIGIN, originSql, originText } from './condition/origin'
import { scanKind } from './condition/scan-kind'
import type { Scoped } from './where/scope'
import { inRange, where } from './where/where'

export interface ScansOptions extends Scoped {
  /** `ip`, or the prefix length by which sources of one family are grouped; the other family is listed by address. */
  group?: ScanGroup
  thresholds?: ScanThresholds
  sort?: Order<ScanOrder>
  limit?: number
}

const LIMIT = 50

type Row = ScansAnswer['rows'][number]

/** The origin of a source, see `originSql`. */
interface Origin {
  block: number
  lone: bigint
}

interface Found extends Origin {
  /** The lowest source seen in the group. */
  member: bigint
  attempts: number
  oldest: number
  newest: number
  total: number
}

const TOP_PORTS = 5
function perMinute({ attempts, oldest, newest }: Found): number {
  return Math.round((attempts / Math.max(1, (newest - oldest) / MINUTE)) * 100) / 100
}

/** Inbound tuples that were denied, and those that were allowed, each with the origin of its source. */
interface Knocks {
  denied: Sql
  passed: Sql
}

/** Allowed tuples need only be in the range: a filter for denied tuples would hide them. */
function knocks(view: View, { scope, group = 'ip' }: ScansOptions): Knocks {
  return {
    denied: sql`(
      select ${originSql(group)}, src, dst, dport as port, ${COLUMNS.proto.value} as protocol, time
      from ${NAMED_TUPLES} where ${where(view, scope)} and action = ${DENY} and dir = ${IN}
    ) as denied`,
    passed: sql`(
      select ${originSql(group)}, src, time as moment, grp, dport as port, blob, pos
      from tuples where ${inRange(view, scope)} and action = ${ALLOW} and dir = ${IN}
    ) as passed`,
  }
}

const LET_IN_FIRST: Order<ScanOrder> = { column: 'allowed', descending: true }

const RATE = sql`attempts / cast(case when newest - oldest > ${MINUTE} then newest - oldest else ${MINUTE} end as double)`

/** The first sort key of origins, before attempts and addresses. */
const ORDERS: Readonly<Record<ScanOrder, Sql>> = {
  allowed: sql`coalesce(inside, 0)`,
  source: sql`member`,
  attempts: sql`attempts`,
  targets: sql`targets`,
  ports: sql`ports`,
  rate: RATE,
  first: sql`oldest`,
  last: sql`newest`,
}

/** Selects the origins to show; by default those that were also allowed first, then the most attempts, equal ones by address. */
function shownSql({ denied, passed }: Knocks, { column, descending }: Order<ScanOrder>, limit: number): Sql {
  // Exact distinct counts cost many times a sum, so they are made for all origins only if the order needs them.
  const counts = column === 'targets' || column === 'ports' ? sql`, count(distinct dst) as targets, count(distinct port) as ports` : sql``
  return sql`select block, lone, member, attempts, oldest, newest, count(*) over () as total from (
      select ${ORIGIN}, min(src) as member, count(*) as attempts, min(time) as oldest, max(time) as newest${counts}
      from ${denied} group by ${ORIGIN}
    ) as origins left join (
      select block as inner_block, lone as inner_lone, 1 as inside from ${passed} group by inner_block, inner_lone
    ) as inner_origins on inner_block = block and inner_lone = lone
    order by ${ORDERS[column]} ${descending ? sql`desc` : sql`asc`}, attempts desc, member limit ${limit}`
}

/** Returns a condition for the rows of the shown origins, and perhaps of some others. */
function among(shown: readonly Found[]): Sql {
  const any = (column: Sql, values: readonly (number | bigint)[]) =>
    sql`${column} in (${join(
      [...new Set(values)].map((value) => sql`${value}`),
      ', ',
    )})`
  const blocks = shown.map(({ block }) => block)
  const lones = shown.map(({ lone }) => lone)
  return sql`${any(sql`block`, blocks)} and ${any(sql`lone`, lones)}`
}

function originKey({ block, lone }: Origin): string {
  return `${block} ${lone}`
}

/** Counts the targets and ports of each shown origin exactly. */
async function triesOf(store: Store, { denied }: Knocks, shown: readonly Found[], signal?: AbortSignal) {
  const rows = await store.query<Origin & { targets: number; ports: number }>(
    sql`select ${ORIGIN}, count(distinct dst) as targets, count(distinct port) as ports from ${denied} where ${among(shown)} group by ${ORIGIN}`,
    signal,
  )
  return new Map(rows.map((row) => [originKey(row), row]))
}

async function topPorts(store: Store, { denied }: Knocks, shown: readonly Found[], signal?: AbortSignal) {
  const rows = await store.query<Origin & { port: number; protocol: string; attempts: number }>(
    sql`select ${ORIGIN}, port, protocol, attempts from (
        select *, row_number() over (partition by ${ORIGIN} order by attempts desc, port, protocol) as place from (
          select ${ORIGIN}, port, protocol, count(*) as attempts
          from ${denied} where ${among(shown)} group by ${ORIGIN}, port, protocol
        ) as counts
      ) as ranked where place <= ${TOP_PORTS} order by place`,
    signal,
  )
  const ports = new Map<string, Row['topPorts']>()
  for (const { port, protocol, attempts, ...origin } of rows) {
    const key = originKey(origin)
    ports.set(key, [...(ports.get(key) ?? []), { dport: port, proto: protocol, attempts }])
  }
  return ports
}

async function letIn(store: Store, { passed }: Knocks, shown: readonly Found[], signal?: AbortSignal) {
  const rows = await store.query<Origin & { tuples: number; moment: number; rule: string; port: number }>(
    sql`select ${ORIGIN}, tuples, moment, group_rule as rule, port from (
        select ${ORIGIN}, moment, grp, port, count(*) over (partition by ${ORIGIN}) as tuples,
          row_number() over (partition by ${ORIGIN} order by moment, blob, pos) as place
        from ${passed} where ${among(shown)}
      ) as ranked join ${NAMES} on group_id = grp where place = 1`,
    signal,
  )
  return new Map(
    rows.map(({ tuples, moment, rule, port, ...origin }) => [originKey(origin), { tuples, first: instant(moment), rule, dport: port }]),
  )
}

/** Returns the denied sources: denied inbound tuples of the view by source, those that were also allowed first, then the most attempts. */
export async function scans(
  store: Store,
  view: View,
  options: ScansOptions,
  signal?: AbortSignal,
): Promise<Pick<ScansAnswer, 'group' | 'total' | 'rows'>> {
  const { group = 'ip', thresholds = USUAL, sort = LET_IN_FIRST, limit = LIMIT } = options
  const knocked = knocks(view, options)
  const found = await store.query<Found>(shownSql(knocked, sort, limit), signal)
  if (found.length === 0) return { group, total: 0, rows: [] }
  const [tries, ports, allowed] = await Promise.all([
    triesOf(store, knocked, found, signal),
    topPorts(store, knocked, found, signal),
    letIn(store, knocked, found, signal),
  ])
  return {
    group,
    total: found[0]!.total,
    rows: found.map((row) => {
      const key = originKey(row)
      const { targets, ports: different } = tries.get(key)!
      return {
        source: originText(row.member, group),
        kind: scanKind({ attempts: row.attempts, targets, ports: different }, thresholds),
        attempts: row.attempts,
        targets,
        ports: different,
        topPorts: ports.get(key) ?? [],
        perMinute: perMinute(row),
        first: instant(row.oldest),
        last: instant(row.newest),
        allowed: allowed.get(key) ?? null,
      }
    }),
  }
}
