import type { LogName } from '@/lib/flow/tuple/log'

/** The origin of the bytes. */
export interface ScanOrigin {
  /** Blob.id */
  blob: number
  /** Source.id */
  source: string
  /** Everything before `/y=`, or null for a loose file. */
  scope: string | null
  /** Start of the hour of the path, epoch milliseconds, or null. */
  hour: number | null
  /** From the path, or null. */
  mac: string | null
  /** Offset of the first pushed byte in the blob. */
  offset: number
}

/** The results of one scan so far. */
export interface ScanState {
  /** Records kept. */
  records: number
  /** Rows written. */
  tuples: number
  /** Rejected tuples and records. */
  malformed: number
  /** Offset just after the last complete record: the next scan of a grown blob starts here, with `,{…` or `]}`. */
  resume: number
  /** Latest flush time of a record, epoch milliseconds, or null. */
  through: number | null
  /** Smallest and largest tuple time, epoch milliseconds, or null. */
  first: number | null
  last: number | null
  /** The blob's flow log, from its path or else from its first record. */
  log: LogName | null
}
