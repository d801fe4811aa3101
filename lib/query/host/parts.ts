import type { HostAnswer } from '@/lib/flow/answer/traffic/host'
import { ACTIONS, ALLOW, DENY } from '@/lib/flow/tuple/tuple'
import { type Sql, sql } from '@/lib/store/sql'
import type { Store } from '@/lib/store/store'
import { dirOf, endOf, type HostTraffic, SEEN, type SeenTimes, seen, TRAFFIC } from './ends'

/** Tuples of one end, direction and action; those with the address at both ends also form separate parts. */
export interface HostPart extends HostTraffic, SeenTimes {
  side: number
  way: number
  action: number
  again: number
}

/** Returns the smallest figures that can be summed; the figures of ends, directions and actions are made from them. */
export function hostParts(store: Store, ends: Sql, signal?: AbortSignal): Promise<HostPart[]> {
  return store.query<HostPart>(
    sql`select side, way, action, again, ${TRAFFIC}, ${SEEN} from ${ends} group by side, way, action, again order by side, way, action, again`,
    signal,
  )
}

function sum(parts: readonly HostPart[]) {
  const add = (value: (part: HostPart) => number) => parts.reduce((total, part) => total + value(part), 0)
  return {
    tuples: add(({ tuples }) => tuples),
    flows: add(({ flows }) => flows),
    bytesSent: add(({ bytesSent }) => bytesSent),
    bytesReceived: add(({ bytesReceived }) => bytesReceived),
  }
}

function split(parts: readonly HostPart[]) {
  const of = (verdict: number) => sum(parts.filter(({ action }) => action === verdict)).tuples
  return { allow: of(ALLOW), deny: of(DENY) }
}

function span(parts: readonly HostPart[]) {
  return seen({
    firstTime: Math.min(...parts.map(({ firstTime }) => firstTime)),
    lastTime: Math.max(...parts.map(({ lastTime }) => lastTime)),
  })
}

function groupBy(parts: readonly HostPart[], keyOf: (part: HostPart) => number): HostPart[][] {
  const keys = [...new Set(parts.map(keyOf))].sort((a, b) => a - b)
  return keys.map((key) => parts.filter((part) => keyOf(part) === key))
}

/** Counts each tuple once. */
export function totalOf(parts: readonly HostPart[]): HostAnswer['total'] {
  const once = parts.filter(({ again }) => again === 0)
  return { ...sum(once), ...split(once), ...(once.length === 0 ? { first: null, last: null } : span(once)) }
}

export function directionsOf(parts: readonly HostPart[]): HostAnswer['directions'] {
  return groupBy(parts, ({ side, way }) => side * 2 + way).map((own) => ({
    end: endOf(own[0]!.side),
    dir: dirOf(own[0]!.way),
    ...sum(own),
    ...split(own),
    ...span(own),
  }))
}

/** Returns the roles that have a tuple, without their lists. */
export function rolesOf(parts: readonly HostPart[]): Omit<HostAnswer['roles'][number], 'ports' | 'peers'>[] {
  return groupBy(parts, ({ side, action }) => side * 2 + action).map((own) => ({
    end: endOf(own[0]!.side),
    action: ACTIONS[own[0]!.action]!,
    ...sum(own),
    ...span(own),
  }))
}
