import { formatAddress } from '@/lib/flow/address/address'
import type { HostAnswer } from '@/lib/flow/answer/traffic/host'
import { ALLOW, DENY, IN } from '@/lib/flow/tuple/tuple'
import type { View } from '@/lib/flow/view/view'
import { instant } from '@/lib/query/columns/words'
import type { Scope, Scoped } from '@/lib/query/where/scope'
import { inRange, where } from '@/lib/query/where/where'
import { join, type Sql, sql } from '@/lib/store/sql'
import type { Store } from '@/lib/store/store'
import { endOf, endsOf } from './ends'

type LetIn = HostAnswer['letIn']['rows'][number]

interface Found {
  side: number
  source: bigint
  total: number
}

interface First {
  side: number
  source: bigint
  action: number
  time: number
  dst: bigint
  port: number
  group_rule: string
  group_acl: string
  tuples: number
}

/** As in scans: denied tuples must pass the view's filter, allowed ones only be in the range, because the filter may select only denied tuples. */
function inbound(view: View, scope: Scope, ip: bigint): Sql {
  return endsOf(sql`${inRange(view, scope)} and dir = ${IN} and (action = ${ALLOW} or ${where(view, scope)})`, ip)
}

function momentOf({ tuples, time, group_rule, group_acl, dst, port }: First): LetIn['denied'] {
  return { tuples, first: instant(time), rule: group_rule, acl: group_acl, dst: formatAddress(dst), dport: port }
}

/** Finds sources that were denied inbound and allowed later: the address itself at any destination, and others at the address; the newest first. */
export async function hostLetIn(
  store: Store,
  view: View,
  { scope, ip, limit }: Scoped & { ip: bigint; limit: number },
  signal?: AbortSignal,
): Promise<HostAnswer['letIn']> {
  const ends = inbound(view, scope, ip)
  const found = await store.query<Found>(
    sql`select side, source, count(*) over () as total from (
        select side, src as source, min(time) filter (where action = ${DENY}) as knocked, min(time) filter (where action = ${ALLOW}) as entered,
          count(*) filter (where action = ${DENY}) as denials, count(*) filter (where action = ${ALLOW}) as entries
        from ${ends} group by side, src
      ) as sources
      where denials > 0 and entries > 0 and entered > knocked order by entered desc, side, source limit ${limit}`,
    signal,
  )
  if (found.length === 0) return { total: 0, rows: [] }
  const shown = join(
    [...new Set(found.map(({ source }) => source))].map((source) => sql`${source}`),
    ', ',
  )
  const firsts = await store.query<First>(
    sql`select * from (
        select side, src as source, action, time, dst, port, group_rule, group_acl, count(*) over (partition by side, src, action) as tuples,
          row_number() over (partition by side, src, action order by time, blob, pos) as place
        from ${ends} where src in (${shown})
      ) as ranked where place = 1`,
    signal,
  )
  const first = ({ side, source }: Found, verdict: number) =>
    momentOf(firsts.find((row) => row.side === side && row.source === source && row.action === verdict)!)
  return {
    total: found[0]!.total,
    rows: found.map((row) => ({
      end: endOf(row.side),
      source: formatAddress(row.source),
      denied: first(row, DENY),
      allowed: first(row, ALLOW),
    })),
  }
}
