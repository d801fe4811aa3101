import { formatAddress, parseAddress } from '@/lib/flow/address'
import type { HostAnswer } from '@/lib/flow/answers'
import { Problem } from '@/lib/flow/problem'
import { DENY, type Format, IN, OUT } from '@/lib/flow/tuple'
import type { View } from '@/lib/flow/view'
import { type Sql, sql } from '@/lib/store/sql'
import type { Store } from '@/lib/store/store'
import { NAMED_TUPLES } from './columns'
import { dirOf, endOf, endsOf, SEEN, type Seen, SPLIT, type Split, seen, TRAFFIC, type Traffic, traffic } from './host-ends'
import { hostLetIn } from './host-let-in'
import { hostRoles } from './host-roles'
import { scanKind } from './scan-kind'
import type { Scope } from './scope'
import { where } from './where'

export interface HostOptions extends Scope {
  /** The address in any spelling. */
  ip: string
  /** Rows in each list. */
  limit?: number
}

const LIMIT = 8

interface Side {
  side: number
  way: number
}

/** Tuples with the address at either end, each once. */
async function totalOf(store: Store, condition: Sql, ip: bigint, signal?: AbortSignal): Promise<HostAnswer['total']> {
  const [row] = await store.query<Traffic & Split & { firstTime: number | null; lastTime: number | null }>(
    sql`select ${TRAFFIC}, ${SPLIT}, ${SEEN} from (
        select action, state, time, coalesce(case when src = ${ip} then bytes_sent else bytes_received end, 0) as sent,
          coalesce(case when src = ${ip} then bytes_received else bytes_sent end, 0) as received
        from tuples where ${condition}
      ) as touched`,
    signal,
  )
  const { firstTime, lastTime, allow, deny } = row!
  const span = firstTime === null || lastTime === null || row!.tuples === 0 ? null : seen({ firstTime, lastTime })
  return { ...traffic(row!), allow, deny, first: span?.first ?? null, last: span?.last ?? null }
}

async function directionsOf(store: Store, ends: Sql, signal?: AbortSignal): Promise<HostAnswer['directions']> {
  const rows = await store.query<Side & Traffic & Split & Seen>(
    sql`select side, way, ${TRAFFIC}, ${SPLIT}, ${SEEN} from ${ends} group by side, way order by side, way`,
    signal,
  )
  return rows.map((row) => ({
    end: endOf(row.side),
    dir: dirOf(row.way),
    ...traffic(row),
    allow: row.allow,
    deny: row.deny,
    ...seen(row),
  }))
}

async function scanOf(store: Store, condition: Sql, ip: bigint, signal?: AbortSignal): Promise<HostAnswer['scan']> {
  const [row] = await store.query<Seen & { attempts: number; targets: number; ports: number }>(
    sql`select count(*) as attempts, count(distinct dst) as targets, count(distinct dport) as ports, ${SEEN}
      from tuples where ${condition} and src = ${ip} and action = ${DENY} and dir = ${IN}`,
    signal,
  )
  const { attempts, targets, ports } = row!
  return attempts === 0 ? null : { kind: scanKind({ attempts, targets, ports }), attempts, targets, ports, ...seen(row!) }
}

async function rulesOf(store: Store, ends: Sql, signal?: AbortSignal): Promise<HostAnswer['rules']> {
  const rows = await store.query<Side & Split & Seen & { rule: string; acl: string; tuples: number; peers: number; ports: number }>(
    sql`select side, way, group_rule as rule, group_acl as acl, count(*) as tuples, ${SPLIT}, count(distinct peer) as peers,
        count(distinct port) as ports, ${SEEN}
      from ${ends} group by side, way, group_rule, group_acl order by tuples desc, group_rule, group_acl, side, way`,
    signal,
  )
  return rows.map(({ side, way, firstTime, lastTime, ...row }) => ({
    end: endOf(side),
    dir: dirOf(way),
    ...row,
    ...seen({ firstTime, lastTime }),
  }))
}

/** A card works for the address where it logs it as the one that sends outbound or receives inbound. */
async function cardsOf(store: Store, condition: Sql, ip: bigint, signal?: AbortSignal): Promise<HostAnswer['cards']> {
  const rows = await store.query<Seen & { log: string; mac: string; format: Format; tuples: number; own: number }>(
    sql`select group_log as log, group_mac as mac, group_format as format, count(*) as tuples,
        count(*) filter (where (src = ${ip} and dir = ${OUT}) or (dst = ${ip} and dir = ${IN})) as own, ${SEEN}
      from ${NAMED_TUPLES} where ${condition} group by group_log, group_mac, group_format
      order by tuples desc, group_log, group_mac, group_format`,
    signal,
  )
  return rows.map(({ firstTime, lastTime, ...row }) => ({ ...row, ...seen({ firstTime, lastTime }) }))
}

/**
 * Everything about one address in the view. A flow that two cards logged counts at both; where both ends are the address a tuple counts for each
 * of them, but once in the total. @throws Problem `ask` when `ip` is no address.
 */
export async function host(
  store: Store,
  view: View,
  { sources, ip: text, limit = LIMIT }: HostOptions,
  signal?: AbortSignal,
): Promise<Omit<HostAnswer, 'view' | 'coverage'>> {
  const ip = parseAddress(text)
  if (ip === null)
    throw new Problem('ask', `Key ip: ${text} is no address; expected one such as 10.0.0.1 or 2001:db8::1`, { key: 'ip', at: 0 })
  const asked = where(view, sources)
  const touching = sql`${asked} and (src = ${ip} or dst = ${ip})`
  const ends = endsOf(view, sources, ip)
  const [total, directions, roles, scan, letIn, rules, cards] = await Promise.all([
    totalOf(store, touching, ip, signal),
    directionsOf(store, ends, signal),
    hostRoles(store, ends, limit, signal),
    scanOf(store, asked, ip, signal),
    hostLetIn(store, view, { sources, ip, limit }, signal),
    rulesOf(store, ends, signal),
    cardsOf(store, touching, ip, signal),
  ])
  return { ip: formatAddress(ip), total, directions, roles, scan, letIn, rules, cards }
}
