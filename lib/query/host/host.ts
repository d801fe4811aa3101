import { formatAddress, parseAddress } from '@/lib/flow/address/address'
import type { HostAnswer } from '@/lib/flow/answer/traffic/host'
import { Problem } from '@/lib/flow/problem'
import { DENY, type Format, IN, OUT } from '@/lib/flow/tuple/tuple'
import type { View } from '@/lib/flow/view/view'
import { foldedAcl, oneSpelling } from '@/lib/query/columns/acl'
import { NAMED_TUPLES } from '@/lib/query/columns/columns'
import { MEASURES } from '@/lib/query/columns/measures'
import { scanKind } from '@/lib/query/condition/scan-kind'
import type { Scoped } from '@/lib/query/where/scope'
import { where } from '@/lib/query/where/where'
import { type Sql, sql } from '@/lib/store/sql'
import type { Store } from '@/lib/store/store'
import { dirOf, endOf, endsOf, SEEN, type SeenTimes, seen } from './ends'
import { hostLetIn } from './let-in'
import { directionsOf, hostParts, rolesOf, totalOf } from './parts'
import { hostTops } from './tops'

export interface HostOptions extends Scoped {
  /** The address in any spelling. */
  ip: string
  /** Rows in each list. */
  limit?: number
}

const LIMIT = 8

async function scanOf(store: Store, condition: Sql, ip: bigint, signal?: AbortSignal): Promise<HostAnswer['scan']> {
  const [row] = await store.query<SeenTimes & { attempts: number; targets: number; ports: number }>(
    sql`select count(*) as attempts, count(distinct dst) as targets, count(distinct dport) as ports, ${SEEN}
      from tuples where ${condition} and src = ${ip} and action = ${DENY} and dir = ${IN}`,
    signal,
  )
  const { attempts, targets, ports } = row!
  return attempts === 0 ? null : { kind: scanKind({ attempts, targets, ports }), attempts, targets, ports, ...seen(row!) }
}

const ACL = foldedAcl(sql`group_acl`)

async function rulesOf(store: Store, ends: Sql, signal?: AbortSignal): Promise<HostAnswer['rules']> {
  const m = MEASURES
  const rows = await store.query<
    Omit<HostAnswer['rules'][number], 'end' | 'dir' | 'first' | 'last'> & SeenTimes & { side: number; way: number }
  >(
    sql`select side, way, group_rule as rule, max(group_acl) as acl, ${m.tuples} as tuples, ${m.allow} as allow, ${m.deny} as deny,
        count(distinct peer) as peers, count(distinct port) as ports, ${SEEN}
      from ${ends} group by side, way, group_rule, ${ACL} order by tuples desc, group_rule, ${ACL}, side, way`,
    signal,
  )
  const spell = oneSpelling(rows.map(({ acl }) => acl))
  return rows.map(({ side, way, firstTime, lastTime, ...row }) => ({
    end: endOf(side),
    dir: dirOf(way),
    ...row,
    acl: spell(row.acl),
    ...seen({ firstTime, lastTime }),
  }))
}

/** Returns the NICs that logged the address; the address is a NIC's own if it is the source outbound or the destination inbound. */
async function nicsOf(store: Store, condition: Sql, ip: bigint, signal?: AbortSignal): Promise<HostAnswer['cards']> {
  const rows = await store.query<SeenTimes & { log: string; mac: string; format: Format; tuples: number; own: number }>(
    sql`select group_log as log, group_mac as mac, group_format as format, count(*) as tuples,
        count(*) filter (where (src = ${ip} and dir = ${OUT}) or (dst = ${ip} and dir = ${IN})) as own, ${SEEN}
      from ${NAMED_TUPLES} where ${condition} and (src = ${ip} or dst = ${ip}) group by group_log, group_mac, group_format
      order by tuples desc, group_log, group_mac, group_format`,
    signal,
  )
  return rows.map(({ firstTime, lastTime, ...row }) => ({ ...row, ...seen({ firstTime, lastTime }) }))
}

/**
 * Returns everything about one address in the view. A flow that two NICs logged counts at both; a tuple with the address at both ends counts for each end, but
 * once in the total.
 * @throws Problem `ask` if `ip` is not an address
 */
export async function host(
  store: Store,
  view: View,
  { scope, ip: text, limit = LIMIT }: HostOptions,
  signal?: AbortSignal,
): Promise<Omit<HostAnswer, 'view' | 'coverage'>> {
  const ip = parseAddress(text)
  if (ip === null)
    throw new Problem('ask', `Key ip: ${text} is no address; expected one such as 10.0.0.1 or 2001:db8::1`, { key: 'ip', at: 0 })
  const condition = where(view, scope)
  const ends = endsOf(condition, ip)
  const parts = await hostParts(store, ends, signal)
  const knocked = parts.some(({ way, action }) => way === IN && action === DENY)
  const [tops, rules, cards, scan, letIn] =
    parts.length === 0
      ? [null, [], []]
      : await Promise.all([
          hostTops(store, ends, limit, signal),
          rulesOf(store, ends, signal),
          nicsOf(store, condition, ip, signal),
          knocked ? scanOf(store, condition, ip, signal) : null,
          knocked ? hostLetIn(store, view, { scope, ip, limit }, signal) : null,
        ])
  return {
    ip: formatAddress(ip),
    total: totalOf(parts),
    directions: directionsOf(parts),
    roles: tops ? rolesOf(parts).map((role) => ({ ...role, ...tops(role) })) : [],
    scan: scan ?? null,
    letIn: letIn ?? { total: 0, rows: [] },
    rules,
    cards,
  }
}
