import { HOUR } from '@/lib/flow/time/bucket'
import type { Columns } from '@/lib/flow/tuple/columns'
import { FLUSH_LAG } from '@/lib/flow/view/view'

/** Value of the column `hour` for rows to which no hour of a path leads. */
const ANY_HOUR = -1

/**
 * Marks the rows [from, columns.length) of a blob that ranges of their time do not need by its path: the path has the hour `hour` (epoch milliseconds), but
 * the tuple is of another hour, or was flushed more than `FLUSH_LAG` late into the next hour.
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
