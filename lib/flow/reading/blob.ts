import type { Refused, RejectionReason } from './reasons'

/** One blob of a listing. */
export interface Blob {
  /** 53-bit hash of source, container and name: the same on every instance. */
  id: number
  /** Source.id */
  source: string
  container: string
  /** Full name inside the container, or the path below the folder. */
  name: string
  etag: string
  /** Bytes. */
  length: number
  /** Last write, epoch milliseconds. */
  modified: number
  /** Everything before `/y=`, or null for a loose file. */
  scope: string | null
  /** Start of the hour in its path, epoch milliseconds; null for a loose file, and if the path's hour is known to be wrong. */
  hour: number | null
  /** From the path, upper case, or null. */
  mac: string | null
  /** Blob.id of the archive that contains it, if any. */
  archive?: number
}

/** A flow log of a listing: the place of its blobs, and the hours (epoch milliseconds, inclusive) that they cover. */
export interface LogExtent {
  source: string
  container: string
  scope: string
  first: number
  last: number
  macs: string[]
}

/** State of a blob that was read, stored in the transaction of its rows. */
export interface BlobState extends Blob {
  /** LogName.key of its flow log, or null before a record has told it. */
  log: string | null
  /** Bytes [0, resume) have been read and stored; the next read starts here. */
  resume: number
  /** The version `etag` has been read to its end. */
  complete: boolean
  /** Flush time of the last record read, epoch milliseconds, or null. */
  through: number | null
  /** Smallest and largest tuple time, epoch milliseconds, or null if it holds no tuple. */
  first: number | null
  last: number | null
  tuples: number
  records: number
  /** Mark of the source, to check later that bytes [0, resume) have not changed, or null. */
  mark: string | null
}

/** Tuples or records of one blob that were rejected for one reason. */
export interface Rejection {
  blob: number
  reason: RejectionReason
  what: Refused
  count: number
  /** All bytes that were skipped for this reason; 0 for a warning. */
  bytes: number
  /** Byte offset of the first one. */
  offset: number
  /** Its first characters. */
  sample: string
}

/** Reasons that apply only to the present end of a blob: once it has grown, these bytes are read again. */
export const UNENDED: readonly RejectionReason[] = ['truncated', 'rest']
