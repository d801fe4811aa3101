import type { Blob, BlobState } from '@/lib/flow/blob'
import { floorTo, HOUR } from '@/lib/flow/bucket'
import type { CellState } from '@/lib/flow/hole'
import { describeLog } from '@/lib/flow/log'
import { FLUSH_LAG, type View } from '@/lib/flow/view'
import { mayHold } from './may-hold'
import { CLOSES_AFTER, mayGrow, type Need } from './plan'

/** What the road knows about one need. */
export interface Facts {
  state: BlobState | undefined
  met: boolean
  failed: boolean
  /** Records and tuples refused. */
  rejected: number
}

/** What decides which blobs a view rests on. */
export type Scope = Pick<View, 'from' | 'to' | 'filter' | 'logs' | 'asof'>

/** One blob of a view: whose it is, how it stands, and the times of the range whose tuples it can hold, [from, to). */
export interface Placed {
  blob: Blob
  state: CellState
  facts: Facts
  /** Id of its log. */
  log: string
  /** '' for a loose file. */
  mac: string
  /** Start of its hour, of the hour of the first tuple of a loose file, or null while none is known. Epoch milliseconds. */
  hour: number | null
  from: number
  to: number
}

/** Records flushed from `asof` on, or after what the range needs, change nothing: a blob grows only while earlier ones may come. */
function grows({ blob, until }: Need, asof: number | null, now: number): boolean {
  const limit = Math.min(until ?? Number.POSITIVE_INFINITY, asof ?? Number.POSITIVE_INFINITY)
  return mayGrow(blob, now) && limit + CLOSES_AFTER > now
}

function stateOf(need: Need, facts: Facts, asof: number | null, now: number): CellState {
  if (facts.failed) return 'failed'
  if (!facts.met) return 'unread'
  return grows(need, asof, now) ? 'open' : 'read'
}

/** Times that a blob can hold tuples of, before they are cut to the range; null for a file that was read and holds none. */
function reachOf({ blob }: Need, { state, met }: Facts): { from: number; to: number } | null {
  if (blob.hour !== null) return { from: blob.hour - FLUSH_LAG, to: blob.hour + HOUR }
  if (!met) return { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY }
  return state?.first == null ? null : { from: state.first, to: (state.last ?? state.first) + 1 }
}

/** Where every blob of the view belongs. Left out are other logs, cards that the filter rules out, hours after `asof`, and loose files that hold nothing of the range. */
export function placeNeeds(needs: readonly Need[], scope: Scope, factsOf: (need: Need) => Facts, now: number): Placed[] {
  const { from, to, filter, logs, asof } = scope
  const placed: Placed[] = []
  for (const need of needs) {
    const { blob } = need
    const facts = factsOf(need)
    const reach = reachOf(need, facts)
    if (reach === null || reach.from >= to || reach.to <= from) continue
    if (asof !== null && blob.hour !== null && blob.hour > asof) continue
    const named = blob.scope ?? facts.state?.log ?? null
    const log = describeLog(blob.source, named ?? blob.name)
    if (named !== null && logs.length > 0 && !logs.includes(log.id)) continue
    if (!mayHold(filter, { log: named === null ? null : log, mac: blob.mac })) continue
    const loose = facts.state?.first == null ? null : floorTo(facts.state.first, HOUR)
    placed.push({
      blob,
      state: stateOf(need, facts, asof, now),
      facts,
      log: log.id,
      mac: blob.mac ?? '',
      hour: blob.hour ?? loose,
      from: Math.max(from, reach.from),
      to: Math.min(to, reach.to),
    })
  }
  return placed
}

/** Where blobs belong of which nothing may be known but that they are there. */
export function placeDenied(denied: readonly Blob[], scope: Scope, now: number): Placed[] {
  const nothing: Facts = { state: undefined, met: false, failed: false, rejected: 0 }
  const needs = denied.filter(({ hour }) => hour !== null).map((blob) => ({ blob, until: null }))
  return placeNeeds(needs, scope, () => nothing, now)
}

/** End of what has been written for the view by now (epoch milliseconds): no blob can be missed after it. */
export function endOf({ to, asof }: Scope, now: number): number {
  return Math.min(to, now, asof ?? Number.POSITIVE_INFINITY)
}
