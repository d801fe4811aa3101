import { formatDuration, formatInstant, type Zone } from '@/components/parts/format/time'
import type { LaterState } from './use-later'

/** Describes the time between the end of a range and a later moment: `7 h after this range`. Epoch milliseconds. */
export function describeGap(at: number, end: number): string {
  return `${formatDuration(Math.max(1000, at - end))} after this range`
}

/** Describes the time to which a `none` applies, as text after it. */
export function describeReach(state: LaterState, until: number, zone: Zone): string {
  if (state === 'none') return ''
  if (state === 'here') return ` to ${formatInstant(Math.floor(until / 1000) * 1000, zone)}`
  if (state === 'unread') return ' within this range; what follows is not read'
  return state === 'failed' ? ' within this range; what follows could not be looked at' : ' within this range'
}
