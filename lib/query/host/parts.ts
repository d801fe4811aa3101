import type { HostAnswer } from '@/lib/flow/answer/host'
import { ACTIONS, ALLOW, DENY } from '@/lib/flow/tuple'
import { type Sql, sql } from '@/lib/store/sql'
import type { Store } from '@/lib/store/store'
import { dirOf, endOf, SEEN, type Seen, seen, TRAFFIC, type Traffic } from './ends'

/** Tuples of one end, direction and action; those that have the address at both ends come again as parts of their own. */
export interface Part extends Traffic, Seen {
  side: number
  way: number
  action: number
  again: number
}

/** The finest figures that add up; what the answer says of ends, directions and actions is made of them. */
export function hostParts(store: Store, ends: Sql, signal?: AbortSignal): Promise<Part[]> {
  return store.query<Part>(
    sql`select side, way, action, again, ${TRAFFIC}, ${SEEN} from ${ends} group by side, way, action, again order by side, way, action, again`,
    signal,
  )
}

function sum(parts: readonly Part[]) {
  const add = (value: (part: Part) => number) => parts.reduce((total, part) => total + value(part), 0)
  return {
    tuples: add(({ tuples }) => tuples),
    flows: add(({ flows }) => flows),
    bytesSent: add(({ bytesSent }) => bytesSent),
    bytesReceived: add(({ bytesReceived }) => bytesReceived),
  }
}

function split(parts: readonly Part[]) {
  const of = (verdict: number) => sum(parts.filter(({ action }) => action === verdict)).tuples
  return { allow: of(ALLOW), deny: of(DENY) }
}

function span(parts: readonly Part[]) {
  return seen({
    firstTime: Math.min(...parts.map(({ firstTime }) => firstTime)),
    lastTime: Math.max(...parts.map(({ lastTime }) => lastTime)),
  })
}

function groupBy(parts: readonly Part[], keyOf: (part: Part) => number): Part[][] {
  const keys = [...new Set(parts.map(keyOf))].sort((a, b) => a - b)
  return keys.map((key) => parts.filter((part) => keyOf(part) === key))
}

/** Each tuple once. */
export function totalOf(parts: readonly Part[]): HostAnswer['total'] {
  const once = parts.filter(({ again }) => again === 0)
  return { ...sum(once), ...split(once), ...(once.length === 0 ? { first: null, last: null } : span(once)) }
}

export function directionsOf(parts: readonly Part[]): HostAnswer['directions'] {
  return groupBy(parts, ({ side, way }) => side * 2 + way).map((own) => ({
    end: endOf(own[0]!.side),
    dir: dirOf(own[0]!.way),
    ...sum(own),
    ...split(own),
    ...span(own),
  }))
}

/** The roles that have a tuple, without their lists. */
export function rolesOf(parts: readonly Part[]): Omit<HostAnswer['roles'][number], 'ports' | 'peers'>[] {
  return groupBy(parts, ({ side, action }) => side * 2 + action).map((own) => ({
    end: endOf(own[0]!.side),
    action: ACTIONS[own[0]!.action]!,
    ...sum(own),
    ...span(own),
  }))
}
