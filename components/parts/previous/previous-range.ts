import type { TimeSpan } from '@/components/parts/time-range/range-math'
import type { Cell } from '@/lib/flow/answer/read/coverage'
import { floorTo, HOUR } from '@/lib/flow/time/bucket'

/** The previous period of the same length, shifted by whole buckets so that both lie on the same grid; null before 1970. Milliseconds. */
export function previousRange({ from, to }: TimeSpan, bucketMs: number): TimeSpan | null {
  const back = Math.ceil((to - from) / bucketMs) * bucketMs
  return from < back ? null : { from: from - back, to: to - back }
}

/** Number of hours touched by a range that have no data in any log. */
export function hoursWithoutData(
  cells: readonly Pick<Cell, 'hour' | 'state'>[],
  { from, to }: TimeSpan,
): { missing: number; hours: number } {
  const held = new Set(cells.filter(({ state }) => state !== 'absent' && state !== 'failed').map(({ hour }) => Date.parse(hour)))
  let [missing, hours] = [0, 0]
  for (let hour = floorTo(from, HOUR); hour < to; hour += HOUR) {
    hours++
    if (!held.has(hour)) missing++
  }
  return { missing, hours }
}
