import { HOUR } from '@/lib/flow/bucket'
import type { Columns } from '@/lib/flow/columns'
import { FLUSH_LAG } from '@/lib/flow/view'

/** In the column `hour`: the row counts for every range, since no hour of a path leads to it. */
const ANY_HOUR = -1

/**
 * Lets rows [from, columns.length) of a blob count for every range if the ranges that hold their time do not need the blob: its path says `hour`
 * (epoch milliseconds), but the tuple is of another hour, or was flushed more than `FLUSH_LAG` late into the next hour.
 */
export function markStrays(columns: Columns, from: number, hour: number): void {
  const { time, recordTime } = columns
  for (let row = from; row < columns.length; row++) {
    const t = time[row]!
    if (t >= hour && t < hour + HOUR) continue
    if (t < hour && t >= hour - FLUSH_LAG && recordTime[row]! <= t + FLUSH_LAG) continue
    columns.hour[row] = ANY_HOUR
  }
}
