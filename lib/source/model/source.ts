import type { Problem } from '@/lib/flow/problem'
import type { Blob, LogExtent } from '@/lib/flow/reading/blob'
import type { Passed } from '@/lib/flow/reading/passed'

/**
 * Called for each part of a source that could not be read while the rest could: an unreadable directory, a refused container. `denied` lists the blobs
 * concerned, if they were listed but may not be read; `passed` describes an object without flow logs. With `aside`, nothing is known to be missing.
 */
export type ReportProblem = (problem: Problem, about?: { denied: readonly Blob[] } | { passed: Passed } | { aside: true }) => void

/** The object that contains a blob's plain bytes in packed form. */
export interface PackedObject {
  sha256: string
  bytes: number
}

/** A blob opened at one version: every byte belongs to that version, or the read throws Problem `changed`. */
export interface Reading {
  readonly etag: string
  /** Plain bytes; for a packed blob, infinite until its end has been reached. May change during a read. */
  readonly length: number
  /**
   * Returns the end in bytes of the first `count` blocks of this version, or its length if it has fewer. Null if the source knows no blocks, or the blob was
   * opened without `growing`.
   */
  border(count: number): number | null
  /**
   * Yields plain bytes [from, to) in order, fewer if the blob ends before, in chunks of at most 4 MiB. Each chunk spans its whole ArrayBuffer, so it can be
   * transferred.
   */
  read(from: number, to: number, signal: AbortSignal): AsyncIterable<Uint8Array<ArrayBuffer>>
  /** Returns a mark of bytes [0, end) of this version, for `continues`; null if the source cannot make one. */
  mark(end: number, signal: AbortSignal): Promise<string | null>
  /** True if bytes [0, end) of this version are the bytes that `mark` was made from. */
  continues(mark: string, end: number, signal: AbortSignal): Promise<boolean>
  /** Reads and hashes the complete packed object; null, or missing, if the blob is not packed. */
  stored?(signal: AbortSignal): Promise<PackedObject | null>
}

/** One version of a file of this machine, as listed. Plain data, for other threads. */
export interface FileVersion {
  /** A real path. */
  path: string
  etag: string
  /** Bytes. */
  length: number
}

/** A place that holds flow logs. It is only read: GET and HEAD. Failures are Problems of kind source, denied, absent, changed or cancelled. */
export interface Source {
  /** Stable and without secrets: the absolute folder, or `https://account.blob.core.windows.net/container`. */
  readonly id: string
  /** Display name: the folder's or the account's name. */
  readonly name: string
  readonly kind: 'folder' | 'azure'
  /** End of the SAS that the source is read with, epoch milliseconds; null, or missing, if there is no end. */
  readonly expires?: number | null
  /** Returns when its storage last sent a response, by `performance.now()`; 0 if it has not. Missing if the source cannot tell. */
  readonly heard?: (() => number) | undefined
  /**
   * Returns every flow log that has an hour in its path, with the hours it covers, without loose files.
   * @throws Problem if no part of the source can be read
   */
  extents(signal: AbortSignal, report?: ReportProblem): Promise<LogExtent[]>
  /**
   * Returns the blobs of the hours first..last (epoch milliseconds, inclusive) and every loose file. The array is never changed and may be the previous one.
   * @throws Problem if no part of the source can be read
   */
  list(hours: { first: number; last: number }, signal: AbortSignal, report?: ReportProblem): Promise<Blob[]>
  /** Returns how long the rights found by `list` stay valid for these blobs, epoch milliseconds; missing if all people see the same blobs. */
  permittedUntil?(blobs: readonly Blob[]): number
  /** Makes the next `list` look at the blobs again, whatever is remembered of them. */
  refresh(): void
  /** Opens the newest version. `growing` also fetches the data that `mark`, `continues` and `border` need. */
  open(blob: Blob, options: { growing: boolean; signal: AbortSignal }): Promise<Reading>
  /** Returns the file that holds a blob's bytes unchanged, for `readWhole`; null, or missing, if the blob must be opened with `open`. */
  file?(blob: Blob): FileVersion | null
}

/** A source whose answers depend on the token it is read with. */
export interface ProbedSource extends Source {
  /**
   * Reads the smallest part of a blob that shows whether it may be read.
   * @throws Problem `denied` if it may not be read, `absent` if it does not exist, another kind if neither is known
   */
  probe(blob: Blob, signal: AbortSignal): Promise<void>
}
