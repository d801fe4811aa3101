import type { Zone } from '@/components/parts/format/time'
import type { Patch } from '@/components/parts/view/patch'
import { MINUTE } from '@/lib/flow/time/bucket'
import { writeDuration } from '@/lib/flow/time/duration'
import type { AskedRange } from '@/lib/flow/view/view'
import { writeInstant } from '@/lib/link/keys/instant'
import { addDays, addMonths, daysBetween, monthsBetween } from './calendar'

/** A half-open range [from, to) of epoch milliseconds. */
export interface TimeSpan {
  from: number
  to: number
}

/** Returns the range one window earlier (-1) or later (1). Whole months of the zone shift by months and whole days by days, even if these differ in length. */
export function shiftRange({ from, to }: TimeSpan, windows: number, zone: Zone): TimeSpan {
  const months = monthsBetween(from, to, zone)
  if (months !== null) return { from: addMonths(from, months * windows, zone), to: addMonths(to, months * windows, zone) }
  const days = daysBetween(from, to, zone)
  if (days !== null) return { from: addDays(from, days * windows, zone), to: addDays(to, days * windows, zone) }
  const by = (to - from) * windows
  return { from: from + by, to: to + by }
}

/** Returns the range `factor` times as wide around the same middle, on whole seconds, never narrower than a second. */
export function zoomRange({ from, to }: TimeSpan, factor: number): TimeSpan {
  const middle = (from + to) / 2
  const half = Math.max(((to - from) * factor) / 2, 500)
  const start = Math.floor((middle - half) / 1000) * 1000
  return { from: start, to: Math.max(Math.ceil((middle + half) / 1000) * 1000, start + 1000) }
}

/** Returns the range without future minutes, which no log can contain. */
export function untilNow({ from, to }: TimeSpan, now: number): TimeSpan {
  const end = Math.ceil(now / MINUTE) * MINUTE
  return { from, to: from < now && to > end ? end : to }
}

/** True if the range has begun and has not ended: no log can hold what follows it. */
export function isCurrent({ from, to }: TimeSpan, now: number): boolean {
  return from < now && to >= now
}

/** Returns the time of the buckets between two indexes, in either order, both included. `t` are the buckets' starts. */
export function bucketRange(t: readonly number[], width: number, a: number, b: number): TimeSpan | null {
  const first = t[Math.max(0, Math.min(a, b))]
  const last = t[Math.min(t.length - 1, Math.max(a, b))]
  return first === undefined || last === undefined ? null : { from: first, to: last + width }
}

/** The link keys of an asked range. */
export function askedPatch(range: AskedRange): Patch {
  return {
    from: range.kind === 'fixed' ? writeInstant(range.from) : null,
    to: range.kind === 'fixed' && range.to !== null ? writeInstant(range.to) : null,
    last: range.kind === 'last' ? writeDuration(range.ms) : null,
  }
}

/** The link keys of a fixed range. */
export function rangePatch({ from, to }: TimeSpan): Patch {
  return askedPatch({ kind: 'fixed', from, to })
}
