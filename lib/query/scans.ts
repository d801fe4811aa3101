import { formatAddress, IPV4_BASE, isIPv4 } from '@/lib/flow/address'
import type { ScansAnswer } from '@/lib/flow/answers'
import { MINUTE } from '@/lib/flow/bucket'
import type { ScanGroup } from '@/lib/flow/fields'
import { ALLOW, DENY, IN } from '@/lib/flow/tuple'
import type { View } from '@/lib/flow/view'
import { join, type Sql, sql } from '@/lib/store/sql'
import type { Store } from '@/lib/store/store'
import { COLUMNS, NAMED_TUPLES } from './columns'
import { scanKind } from './scan-kind'
import type { Scope } from './scope'
import { inRange, where } from './where'
import { instant } from './words'

export interface ScansOptions extends Scope {
  /** `ip`, or the prefix length by which sources of one family are put together; the other family goes by address. */
  group?: ScanGroup
  limit?: number
}

type Row = ScansAnswer['rows'][number]

interface Found {
  origin: bigint
  attempts: number
  targets: number
  ports: number
  oldest: number
  newest: number
  total: number
}

interface LetIn {
  origin: bigint
  tuples: number
  moment: number
  rule: string
  port: number
}

const TOP_PORTS = 5
const IPV4_END = IPV4_BASE + 0xffff_ffffn

/** The IPv4 or IPv6 block of each prefix length, as a count of addresses. */
const BLOCKS: Readonly<Record<Exclude<ScanGroup, 'ip'>, { size: bigint; ipv4: boolean }>> = {
  '24': { size: 1n << 8n, ipv4: true },
  '16': { size: 1n << 16n, ipv4: true },
  '64': { size: 1n << 64n, ipv4: false },
  '48': { size: 1n << 80n, ipv4: false },
}

function originSql(group: ScanGroup): Sql {
  if (group === 'ip') return sql`src`
  const { size, ipv4 } = BLOCKS[group]
  const grouped = ipv4 ? sql`src between ${IPV4_BASE} and ${IPV4_END}` : sql`not (src between ${IPV4_BASE} and ${IPV4_END})`
  return sql`case when ${grouped} then src - src % ${size} else src end`
}

function originText(origin: bigint, group: ScanGroup): string {
  return group !== 'ip' && BLOCKS[group].ipv4 === isIPv4(origin) ? `${formatAddress(origin)}/${group}` : formatAddress(origin)
}

function perMinute({ attempts, oldest, newest }: Found): number {
  return Math.round((attempts / Math.max(1, (newest - oldest) / MINUTE)) * 100) / 100
}

async function topPorts(store: Store, denied: Sql, origins: Sql, signal?: AbortSignal): Promise<Map<bigint, Row['topPorts']>> {
  const rows = await store.query<{ origin: bigint; port: number; protocol: string; attempts: number }>(
    sql`select origin, port, protocol, attempts from (
        select *, row_number() over (partition by origin order by attempts desc, port, protocol) as place from (
          select origin, port, protocol, count(*) as attempts from ${denied} where origin in (${origins}) group by origin, port, protocol
        ) as counted
      ) as ranked where place <= ${TOP_PORTS} order by origin, place`,
    signal,
  )
  const ports = new Map<bigint, Row['topPorts']>()
  for (const { origin, port, protocol, attempts } of rows)
    ports.set(origin, [...(ports.get(origin) ?? []), { dport: port, proto: protocol, attempts }])
  return ports
}

/** Let in means in the range, whatever the filter says: a filter for denied tuples would hide it. */
async function letIn(
  store: Store,
  view: View,
  { sources, group = 'ip' }: ScansOptions,
  origins: Sql,
  signal?: AbortSignal,
): Promise<Map<bigint, NonNullable<Row['allowed']>>> {
  const rows = await store.query<LetIn>(
    sql`select origin, tuples, moment, rule, port from (
        select origin, moment, rule, port, count(*) over (partition by origin) as tuples,
          row_number() over (partition by origin order by moment, blob, pos) as place
        from (
          select ${originSql(group)} as origin, time as moment, group_rule as rule, dport as port, blob, pos
          from ${NAMED_TUPLES} where ${inRange(view, sources)} and action = ${ALLOW} and dir = ${IN}
        ) as passed where origin in (${origins})
      ) as ranked where place = 1`,
    signal,
  )
  return new Map(rows.map(({ origin, tuples, moment, rule, port }) => [origin, { tuples, first: instant(moment), rule, dport: port }]))
}

/** Who knocked and was kept out: denied inbound tuples of the view by source, the most attempts first. */
export async function scans(
  store: Store,
  view: View,
  options: ScansOptions,
  signal?: AbortSignal,
): Promise<Pick<ScansAnswer, 'group' | 'total' | 'rows'>> {
  const { sources, group = 'ip', limit = 50 } = options
  const denied = sql`(
      select ${originSql(group)} as origin, dst, dport as port, ${COLUMNS.proto.value} as protocol, time
      from ${NAMED_TUPLES} where ${where(view, sources)} and action = ${DENY} and dir = ${IN}
    ) as denied`
  const found = await store.query<Found>(
    sql`select *, count(*) over () as total from (
        select origin, count(*) as attempts, count(distinct dst) as targets, count(distinct port) as ports, min(time) as oldest, max(time) as newest
        from ${denied} group by origin
      ) as origins order by attempts desc, origin limit ${limit}`,
    signal,
  )
  if (found.length === 0) return { group, total: 0, rows: [] }
  const origins = join(
    found.map(({ origin }) => sql`${origin}`),
    ', ',
  )
  const [ports, allowed] = await Promise.all([topPorts(store, denied, origins, signal), letIn(store, view, options, origins, signal)])
  return {
    group,
    total: found[0]!.total,
    rows: found.map((row) => ({
      source: originText(row.origin, group),
      kind: scanKind(row),
      attempts: row.attempts,
      targets: row.targets,
      ports: row.ports,
      topPorts: ports.get(row.origin) ?? [],
      perMinute: perMinute(row),
      first: instant(row.oldest),
      last: instant(row.newest),
      allowed: allowed.get(row.origin) ?? null,
    })),
  }
}
