import type { AskedRange } from '@/lib/flow/view'

/**
 * Why new blocks cannot be followed in this range, or null when they can: it has to end now, or to reach past the newest record. Times in epoch
 * milliseconds; `newest` is null when nothing is known of it.
 */
export function whyNotLive(range: AskedRange, asof: number | null, newest: number | null, now: number): string | null {
  if (asof !== null) return 'the link holds what had been flushed by a fixed time'
  if (range.kind !== 'fixed' || range.to === null || range.to > now) return null
  if (newest === null) return 'the range has ended'
  return range.to > newest ? null : 'the range ends before the newest data'
}

/** Whether the same link means other times later. */
export function isMoving(range: AskedRange): boolean {
  return range.kind !== 'fixed' || range.to === null
}
