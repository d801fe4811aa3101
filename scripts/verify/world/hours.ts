import { HOUR, MINUTE } from '@/lib/flow/time/bucket'
import { MAC, record, SCOPE } from '@/lib/ingest/test/records'
import { formatPath } from '@/lib/source/model/path'

/** A day whose hours the proofs fill. */
export const DAY_START = Date.UTC(2024, 7, 12)

export interface HourBlob {
  /** Path in a container, or below a folder. */
  name: string
  /** Start of the hour, epoch milliseconds. */
  hour: number
  records: string[]
}

/** Returns an hour of one NIC: `records` flushes of `tuples` tuples; no two hours are equal. */
export function hourBlob(index: number, records: number, tuples: number): HourBlob {
  const hour = DAY_START + index * HOUR
  return {
    name: formatPath({ scope: SCOPE, hour, mac: MAC }),
    hour,
    records: Array.from({ length: records }, (_, i) =>
      record(hour + Math.floor((i * HOUR) / records) + MINUTE / 10, tuples, index * 97 + i),
    ),
  }
}
