import type { Refused, RejectionReason } from './reasons'

/** One blob as a listing shows it. */
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
  /** Start of the hour of its path, epoch milliseconds, or null for a loose file and where the path is known to tell no truth. */
  hour: number | null
  /** From the path, upper case, or null. */
  mac: string | null
  /** Blob.id of the archive that it is in, where a listing shows it in one. */
  archive?: number
}

/** A flow log as a listing shows it: where its blobs lie and which hours (epoch milliseconds, inclusive) they cover. */
export interface Extent {
  source: string
  container: string
  scope: string
  first: number
  last: number
  macs: string[]
}

/** State of a blob that was read, stored in the transaction of its rows. */
export interface BlobState extends Blob {
  /** LogName.key of its flow log, or null while no record told it. */
  log: string | null
  /** Bytes [0, resume) have been read and stored; the next read starts here. */
  resume: number
  /** The version `etag` has been read to its end. */
  complete: boolean
  /** Flush time of the last record read, epoch milliseconds, or null. */
  through: number | null
  /** Smallest and largest tuple time, epoch milliseconds, or null when it holds no tuple. */
  first: number | null
  last: number | null
  tuples: number
  records: number
  /** The source's own mark to prove later that bytes [0, resume) have not changed, or null. */
  mark: string | null
}

/** Tuples or records of one blob that were rejected for one reason. */
export interface Rejection {
  blob: number
  reason: RejectionReason
  what: Refused
  count: number
  /** All bytes that were skipped because of it; 0 for a warning. */
  bytes: number
  /** Byte offset of the first one. */
  offset: number
  /** Its first characters. */
  sample: string
}

/** Reasons that hold only as far as the blob went: once it has grown, these bytes are read again. */
export const UNENDED: readonly RejectionReason[] = ['truncated', 'rest']
