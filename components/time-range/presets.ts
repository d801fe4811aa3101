import { DAY, HOUR, MINUTE } from '@/lib/flow/bucket'
import type { AskedRange } from '@/lib/flow/view'
import { writeDuration } from '@/lib/link/instant'

/** Ranges that end now, by length in milliseconds. */
export const PRESETS = [
  { ms: 15 * MINUTE, name: 'Last 15 minutes' },
  { ms: HOUR, name: 'Last hour' },
  { ms: 6 * HOUR, name: 'Last 6 hours' },
  { ms: DAY, name: 'Last 24 hours' },
  { ms: 7 * DAY, name: 'Last 7 days' },
  { ms: 30 * DAY, name: 'Last 30 days' },
] as const

/** The name of a range that is not fixed, or null. */
export function presetName(range: AskedRange): string | null {
  if (range.kind === 'newest') return 'newest 24 h'
  if (range.kind === 'last') return `last ${writeDuration(range.ms)}`
  return range.to === null ? 'until now' : null
}
