import { DIRECTIONS } from '@/lib/flow/tuple/tuple'
import { COLUMNS, NAMED_TUPLES } from '@/lib/query/columns/columns'
import { MEASURES } from '@/lib/query/columns/measures'
import { instant } from '@/lib/query/columns/words'
import { type Sql, sql } from '@/lib/store/sql'

/** The ends of a tuple; an end is stored as its position in this list. */
const ENDS = ['src', 'dst'] as const
export type End = (typeof ENDS)[number]

const AS_SOURCE = 0
const AS_TARGET = 1

/**
 * Selects the tuples of `condition` that have the address at an end, once for each end, seen from there: `side` is the end, `peer` the other one, `port` and
 * `protocol` the destination's, `way` the direction, `sent` and `received` are bytes. A tuple with the address at both ends occurs twice; `again` is 1 for its
 * second row.
 */
export function endsOf(condition: Sql, ip: bigint): Sql {
  const asSource = sql`side = ${AS_SOURCE}`
  return sql`(
    select side, case when ${asSource} then dst else src end as peer, src, dst, dport as port, ${COLUMNS.proto.value} as protocol, dir as way,
      action, state, time, grp, blob, pos, group_rule, group_acl,
      coalesce(case when ${asSource} then bytes_sent else bytes_received end, 0) as sent,
      coalesce(case when ${asSource} then bytes_received else bytes_sent end, 0) as received,
      case when src = dst and side = ${AS_TARGET} then 1 else 0 end as again
    from ${NAMED_TUPLES} cross join (select ${AS_SOURCE} as side union all select ${AS_TARGET} as side) as sides
    where ${condition} and (src = ${ip} or dst = ${ip}) and ((${asSource} and src = ${ip}) or (side = ${AS_TARGET} and dst = ${ip}))
  ) as ends`
}

/** Measures over `endsOf`. */
export const TRAFFIC = sql`${MEASURES.tuples} as tuples, ${MEASURES.flows} as flows,
  coalesce(sum(sent), 0) as "bytesSent", coalesce(sum(received), 0) as "bytesReceived"`
export const SEEN = sql`min(time) as "firstTime", max(time) as "lastTime"`

/** The results of TRAFFIC and SEEN; bytes as the address sent and received them, times in epoch milliseconds. */
export interface HostTraffic {
  tuples: number
  flows: number
  bytesSent: number
  bytesReceived: number
}

export interface SeenTimes {
  firstTime: number
  lastTime: number
}

export function seen({ firstTime, lastTime }: SeenTimes): { first: string; last: string } {
  return { first: instant(firstTime), last: instant(lastTime) }
}

export function traffic({ tuples, flows, bytesSent, bytesReceived }: HostTraffic): HostTraffic {
  return { tuples, flows, bytesSent, bytesReceived }
}

export function endOf(side: number): End {
  return ENDS[side]!
}

export function dirOf(way: number): (typeof DIRECTIONS)[number] {
  return DIRECTIONS[way]!
}
