import type { AskedRange } from '@/lib/flow/view/view'

/**
 * The reason why new blocks cannot be followed in this range, or null if they can: it must end now, or after the newest record. Times in epoch milliseconds;
 * `newest` is null if unknown.
 */
export function whyNotLive(range: AskedRange, asof: number | null, newest: number | null, now: number): string | null {
  if (asof !== null) return 'the link has a fixed flush time'
  if (range.kind !== 'fixed' || range.to === null || range.to > now) return null
  if (newest === null) return 'the range has ended'
  return range.to > newest ? null : 'the range ends before the newest data'
}

/** True if the same link means other times later. */
export function isMoving(range: AskedRange): boolean {
  return range.kind !== 'fixed' || range.to === null
}
