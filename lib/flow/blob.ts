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
  /** Start of the hour of its path, epoch milliseconds, or null for a loose file. */
  hour: number | null
  /** From the path, upper case, or null. */
  mac: string | null
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

/** What is remembered of a blob that was read, in the same transaction as its rows. */
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
  /** What the source needs to tell later that bytes [0, resume) have not changed, or null. */
  mark: string | null
}

/** Tuples or records of one blob that were refused for one reason. */
export interface Rejection {
  blob: number
  reason: string
  /** `tuple`, `record`, `blob`, or `warning` for what was kept but looks odd. */
  what: 'tuple' | 'record' | 'blob' | 'warning'
  count: number
  /** Byte offset of the first one. */
  offset: number
  /** Its first characters. */
  sample: string
}
