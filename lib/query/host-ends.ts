import { DIRECTIONS } from '@/lib/flow/tuple'
import type { View } from '@/lib/flow/view'
import { type Sql, sql } from '@/lib/store/sql'
import { COLUMNS, NAMED_TUPLES } from './columns'
import { MEASURES } from './measures'
import { where } from './where'
import { instant } from './words'

/** Which end of a tuple an address is, as the position in this list. */
const ENDS = ['src', 'dst'] as const
export type End = (typeof ENDS)[number]

const AS_SOURCE = 0
const AS_TARGET = 1

/**
 * A subselect of the view's tuples that have the address at an end, once for each, seen from there: `side` is the end, `peer` the other one, `port`
 * and `protocol` the destination's, `way` the direction, `sent` and `received` are bytes.
 */
export function endsOf(view: View, sources: readonly string[] | null, ip: bigint): Sql {
  const condition = where(view, sources)
  const shared = sql`dport as port, ${COLUMNS.proto.value} as protocol, dir as way, action, state, time, group_rule, group_acl`
  return sql`(
    select ${AS_SOURCE} as side, dst as peer, ${shared}, coalesce(bytes_sent, 0) as sent, coalesce(bytes_received, 0) as received
      from ${NAMED_TUPLES} where ${condition} and src = ${ip}
    union all
    select ${AS_TARGET} as side, src as peer, ${shared}, coalesce(bytes_received, 0) as sent, coalesce(bytes_sent, 0) as received
      from ${NAMED_TUPLES} where ${condition} and dst = ${ip}
  ) as ends`
}

/** Measures over `endsOf`. */
export const TRAFFIC = sql`${MEASURES.tuples} as tuples, ${MEASURES.flows} as flows,
  coalesce(sum(sent), 0) as "bytesSent", coalesce(sum(received), 0) as "bytesReceived"`
export const SPLIT = sql`${MEASURES.allow} as allow, ${MEASURES.deny} as deny`
export const SEEN = sql`min(time) as "firstTime", max(time) as "lastTime"`

/** What TRAFFIC, SPLIT and SEEN come out as; bytes as the address sent and received them, times in epoch milliseconds. */
export interface Traffic {
  tuples: number
  flows: number
  bytesSent: number
  bytesReceived: number
}

export interface Split {
  allow: number
  deny: number
}

export interface Seen {
  firstTime: number
  lastTime: number
}

export function seen({ firstTime, lastTime }: Seen): { first: string; last: string } {
  return { first: instant(firstTime), last: instant(lastTime) }
}

export function traffic({ tuples, flows, bytesSent, bytesReceived }: Traffic): Traffic {
  return { tuples, flows, bytesSent, bytesReceived }
}

export function endOf(side: number): End {
  return ENDS[side]!
}

export function dirOf(way: number): (typeof DIRECTIONS)[number] {
  return DIRECTIONS[way]!
}
