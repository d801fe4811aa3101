import { DAY } from './bucket'

/** What a range can be compared with to tell what is new: the period of its own length before it, or a fixed time before it. */
export const BASELINES = ['none', 'prev', '1d', '7d', '30d'] as const
export type Baseline = (typeof BASELINES)[number]

const LENGTHS: Readonly<Partial<Record<Baseline, number>>> = { '1d': DAY, '7d': 7 * DAY, '30d': 30 * DAY }

/** The baseline of a range: it ends where the range begins. Null for none. Milliseconds. */
export function baselineOf({ from, to }: { from: number; to: number }, baseline: Baseline): { from: number; to: number } | null {
  if (baseline === 'none') return null
  return { from: Math.max(0, from - (LENGTHS[baseline] ?? to - from)), to: from }
}
