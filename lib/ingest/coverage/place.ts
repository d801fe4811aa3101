import type { Blob, BlobState } from '@/lib/flow/reading/blob'
import type { CellState } from '@/lib/flow/reading/hole'
import { floorTo, HOUR } from '@/lib/flow/time/bucket'
import { describeLog } from '@/lib/flow/tuple/log'
import { FLUSH_LAG, type View } from '@/lib/flow/view/view'
import { CLOSES_AFTER, mayGrow, type Need } from '@/lib/ingest/read/plan'
import { mayHold } from './may-hold'

/** The facts about one need. */
export interface Facts {
  state: BlobState | undefined
  met: boolean
  failed: boolean
  /** Rejected records and tuples. */
  rejected: number
  /** True if it was read, but no record in it was understood. */
  lost: boolean
}

/** The part of a view that decides which blobs it rests on. */
export type CoverageView = Pick<View, 'from' | 'to' | 'filter' | 'logs' | 'asof'>

/** One blob of a view: its log, NIC and state, and the times of the range [from, to) whose tuples it can hold. */
export interface Placed {
  blob: Blob
  state: CellState
  facts: Facts
  /** Id of its log. */
  log: string
  /** '' for a loose file. */
  mac: string
  /** Start of its hour (for a loose file, the hour of its first tuple), or null while unknown. Epoch milliseconds. */
  hour: number | null
  from: number
  to: number
}

/** A blob grows only while records that the view counts may arrive: those flushed before `asof` and before the end of the need. */
function grows({ blob, until }: Need, asof: number | null, now: number): boolean {
  const limit = Math.min(until ?? Number.POSITIVE_INFINITY, asof ?? Number.POSITIVE_INFINITY)
  return mayGrow(blob, now) && limit + CLOSES_AFTER > now
}

function stateOf(need: Need, facts: Facts, asof: number | null, now: number): CellState {
  if (facts.failed) return 'failed'
  if (!facts.met) return 'unread'
  if (facts.lost) return 'failed'
  if (facts.rejected > 0) return 'torn'
  return grows(need, asof, now) ? 'open' : 'read'
}

/** Returns the times whose tuples a blob can hold, before they are cut to the range; null for a file that was read, understood, and holds none. */
function reachOf({ blob }: Need, { state, met, lost }: Facts): { from: number; to: number } | null {
  if (blob.hour !== null) return { from: blob.hour - FLUSH_LAG, to: blob.hour + HOUR }
  if (!met || lost) return { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY }
  return state?.first == null ? null : { from: state.first, to: (state.last ?? state.first) + 1 }
}

/** Places every blob of the view. Omits other logs, NICs that the filter rules out, hours after `asof`, and loose files without tuples of the range. */
export function placeNeeds(needs: readonly Need[], scope: CoverageView, factsOf: (need: Need) => Facts, now: number): Placed[] {
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

/** Places blobs of which only the existence may be shown. */
export function placeDenied(denied: readonly Blob[], scope: CoverageView, now: number): Placed[] {
  const nothing: Facts = { state: undefined, met: false, failed: false, rejected: 0, lost: false }
  const needs = denied.filter(({ hour }) => hour !== null).map((blob) => ({ blob, until: null }))
  return placeNeeds(needs, scope, () => nothing, now)
}

/** End of the data that can exist for the view now; after it no blob can be missing. Epoch milliseconds. */
export function endOf({ to, asof }: CoverageView, now: number): number {
  return Math.min(to, now, asof ?? Number.POSITIVE_INFINITY)
}
