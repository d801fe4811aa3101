import { formatAddress, IPV4_BASE, isIPv4 } from '@/lib/flow/address'
import type { ScansAnswer } from '@/lib/flow/answers'
import { MINUTE } from '@/lib/flow/bucket'
import type { ScanGroup } from '@/lib/flow/fields'
import { ALLOW, DENY, IN } from '@/lib/flow/tuple'
import type { View } from '@/lib/flow/view'
import { type Sql, sql } from '@/lib/store/sql'
import type { Store } from '@/lib/store/store'
import { COLUMNS, NAMED_TUPLES, NAMES } from './columns'
import { scanKind } from './scan-kind'
import type { Scope } from './scope'
import { inRange, where } from './where'
import { instant } from './words'

export interface ScansOptions extends Scope {
  /** `ip`, or the prefix length by which sources of one family are put together; the other family goes by address. */
  group?: ScanGroup
  limit?: number
}

const LIMIT = 50

type Row = ScansAnswer['rows'][number]

interface Found {
  /** The lowest source seen in the group. */
  member: bigint
  attempts: number
  targets: number
  ports: number
  oldest: number
  newest: number
  total: number
}

const TOP_PORTS = 5
const IPV4_LAST = IPV4_BASE + 0xffff_ffffn

/** The IPv4 or IPv6 block of each prefix length, as a count of addresses. */
const BLOCKS: Readonly<Record<Exclude<ScanGroup, 'ip'>, { size: bigint; ipv4: boolean }>> = {
  '24': { size: 1n << 8n, ipv4: true },
  '16': { size: 1n << 16n, ipv4: true },
  '64': { size: 1n << 64n, ipv4: false },
  '48': { size: 1n << 80n, ipv4: false },
}

const IS_IPV4 = sql`src between ${IPV4_BASE} and ${IPV4_LAST}`
const IPV4 = sql`cast(src - ${IPV4_BASE} as bigint)`

/**
 * Where a source belongs, as two columns: its IPv4 block (engines divide 64 bits many times faster than 128), else -1, and what else tells it apart.
 * Only good to group by: a difference of 128-bit addresses is signed on some engines.
 */
function originSql(group: ScanGroup): Sql {
  if (group === 'ip') return sql`-1 as block, src as lone`
  const { size, ipv4 } = BLOCKS[group]
  if (!ipv4) return sql`-1 as block, case when ${IS_IPV4} then src else src - src % ${size} end as lone`
  return sql`case when ${IS_IPV4} then ${IPV4} - ${IPV4} % ${Number(size)} else -1 end as block,
    case when ${IS_IPV4} then ${IPV4_BASE} else src end as lone`
}

const ORIGIN = sql`block, lone`

/** `45.155.205.0/24`, or the address where the group does not put its family together. */
function originText(member: bigint, group: ScanGroup): string {
  if (group === 'ip' || BLOCKS[group].ipv4 !== isIPv4(member)) return formatAddress(member)
  return `${formatAddress(member - (member % BLOCKS[group].size))}/${group}`
}

function perMinute({ attempts, oldest, newest }: Found): number {
  return Math.round((attempts / Math.max(1, (newest - oldest) / MINUTE)) * 100) / 100
}

/** Inbound tuples that were kept out, and those that were let in, each with where its source belongs. */
interface Knocks {
  denied: Sql
  passed: Sql
}

/** Let in means in the range, whatever the filter says: a filter for denied tuples would hide it. */
function knocks(view: View, { sources, group = 'ip' }: ScansOptions): Knocks {
  return {
    denied: sql`(
      select ${originSql(group)}, src, dst, dport as port, ${COLUMNS.proto.value} as protocol, time
      from ${NAMED_TUPLES} where ${where(view, sources)} and action = ${DENY} and dir = ${IN}
    ) as denied`,
    passed: sql`(
      select ${originSql(group)}, src, time as moment, grp, dport as port, blob, pos
      from tuples where ${inRange(view, sources)} and action = ${ALLOW} and dir = ${IN}
    ) as passed`,
  }
}

/** The origins that the answer shows, with their figures: those that were also let in first, then the most attempts, equal ones by address. */
function shown({ denied, passed }: Knocks, limit: number): Sql {
  return sql`select block, lone, member, attempts, targets, ports, oldest, newest, count(*) over () as total from (
      select ${ORIGIN}, min(src) as member, count(*) as attempts, count(distinct dst) as targets, count(distinct port) as ports,
        min(time) as oldest, max(time) as newest
      from ${denied} group by ${ORIGIN}
    ) as origins left join (
      select block as inner_block, lone as inner_lone, 1 as inside from ${passed} group by inner_block, inner_lone
    ) as inner_origins on inner_block = block and inner_lone = lone
    order by coalesce(inside, 0) desc, attempts desc, member limit ${limit}`
}

function places(knocks: Knocks, limit: number): Sql {
  return sql`select ${ORIGIN} from (${shown(knocks, limit)}) as places`
}

async function topPorts(
  store: Store,
  knocks: Knocks,
  { group = 'ip', limit = LIMIT }: ScansOptions,
  signal?: AbortSignal,
): Promise<Map<string, Row['topPorts']>> {
  const rows = await store.query<{ member: bigint; port: number; protocol: string; attempts: number }>(
    sql`select member, port, protocol, attempts from (
        select member, port, protocol, attempts, row_number() over (partition by ${ORIGIN} order by attempts desc, port, protocol) as place from (
          select ${ORIGIN}, min(src) as member, port, protocol, count(*) as attempts
          from ${knocks.denied} where (${ORIGIN}) in (${places(knocks, limit)}) group by ${ORIGIN}, port, protocol
        ) as counted
      ) as ranked where place <= ${TOP_PORTS} order by place`,
    signal,
  )
  const ports = new Map<string, Row['topPorts']>()
  for (const { member, port, protocol, attempts } of rows) {
    const origin = originText(member, group)
    ports.set(origin, [...(ports.get(origin) ?? []), { dport: port, proto: protocol, attempts }])
  }
  return ports
}

async function letIn(
  store: Store,
  knocks: Knocks,
  { group = 'ip', limit = LIMIT }: ScansOptions,
  signal?: AbortSignal,
): Promise<Map<string, NonNullable<Row['allowed']>>> {
  const rows = await store.query<{ member: bigint; tuples: number; moment: number; rule: string; port: number }>(
    sql`select member, tuples, moment, group_rule as rule, port from (
        select src as member, moment, grp, port, count(*) over (partition by ${ORIGIN}) as tuples,
          row_number() over (partition by ${ORIGIN} order by moment, blob, pos) as place
        from ${knocks.passed} where (${ORIGIN}) in (${places(knocks, limit)})
      ) as ranked join ${NAMES} on group_id = grp where place = 1`,
    signal,
  )
  return new Map(
    rows.map(({ member, tuples, moment, rule, port }) => [
      originText(member, group),
      { tuples, first: instant(moment), rule, dport: port },
    ]),
  )
}

/** Who knocked and was kept out: denied inbound tuples of the view by source, those that were also let in first, then the most attempts. */
export async function scans(
  store: Store,
  view: View,
  options: ScansOptions,
  signal?: AbortSignal,
): Promise<Pick<ScansAnswer, 'group' | 'total' | 'rows'>> {
  const { group = 'ip', limit = LIMIT } = options
  const knocked = knocks(view, options)
  const [found, ports, allowed] = await Promise.all([
    store.query<Found>(shown(knocked, limit), signal),
    topPorts(store, knocked, options, signal),
    letIn(store, knocked, options, signal),
  ])
  return {
    group,
    total: found[0]?.total ?? 0,
    rows: found.map((row) => {
      const source = originText(row.member, group)
      return {
        source,
        kind: scanKind(row),
        attempts: row.attempts,
        targets: row.targets,
        ports: row.ports,
        topPorts: ports.get(source) ?? [],
        perMinute: perMinute(row),
        first: instant(row.oldest),
        last: instant(row.newest),
        allowed: allowed.get(source) ?? null,
      }
    }),
  }
}
