import type { Problem } from '@/lib/flow/problem'
import type { Blob, Extent } from '@/lib/flow/reading/blob'
import type { Passed } from '@/lib/flow/reading/passed'

/**
 * Told of each part of a source that could not be seen while the rest of it could: an unreadable directory, a refused container. `denied` are the blobs
 * concerned, where they were seen but may not be read; `passed` what was seen and holds no flow log. With `aside` nothing is
 * known to be missing.
 */
export type Report = (problem: Problem, about?: { denied: readonly Blob[] } | { passed: Passed } | { aside: true }) => void

/** The object that a blob's plain bytes come from, where it holds them packed. */
export interface Stored {
  sha256: string
  bytes: number
}

/** A blob opened at one version: every byte it gives belongs to that version, or it throws Problem `changed`. */
export interface Reading {
  readonly etag: string
  /** Plain bytes; of what is packed infinite until its end has been seen. May change while it is read. */
  readonly length: number
  /**
   * End in bytes of the first `count` blocks that this version was written in, its length when it has no more; null when the source knows no blocks,
   * or the blob was opened without `growing`.
   */
  border(count: number): number | null
  /**
   * Plain bytes [from, to) in order, as far as there are so many, in chunks of at most 4 MiB; each chunk owns its ArrayBuffer whole, so it can be
   * transferred.
   */
  read(from: number, to: number, signal: AbortSignal): AsyncIterable<Uint8Array<ArrayBuffer>>
  /** A note that `continues` can judge later, about bytes [0, end) of this version; null when the source cannot tell. */
  mark(end: number, signal: AbortSignal): Promise<string | null>
  /** Whether bytes [0, end) of this version are the bytes that `mark` was taken of. */
  continues(mark: string, end: number, signal: AbortSignal): Promise<boolean>
  /** What holds the plain bytes packed, read whole and hashed; null, or not there, where the blob is its plain bytes. */
  stored?(signal: AbortSignal): Promise<Stored | null>
}

/** One version of a file of this machine, as a listing shows it. Plain data, for other threads. */
export interface FileVersion {
  /** A real path. */
  path: string
  etag: string
  /** Bytes. */
  length: number
}

/** A place that holds flow logs. It is only ever read: GET and HEAD. Failures are Problems of kind source, denied, absent, changed or cancelled. */
export interface Source {
  /** Stable and free of secrets: the absolute folder, or `https://account.blob.core.windows.net/container`. */
  readonly id: string
  /** For people: the folder's or the account's name. */
  readonly name: string
  readonly kind: 'folder' | 'azure'
  /** When the signature that it is read by ends, epoch milliseconds; null, or not there, where nothing ends. */
  readonly expires?: number | null
  /** Every flow log that has an hour in its path, with the hours it covers. Loose files are not in it. Throws when nothing of the source can be seen. */
  extents(signal: AbortSignal, report?: Report): Promise<Extent[]>
  /** Blobs of the hours first..last (epoch milliseconds, inclusive) and every loose file; an array that nobody changes, and that may be the one before. Throws when nothing of the source can be seen. */
  list(hours: { first: number; last: number }, signal: AbortSignal, report?: Report): Promise<Blob[]>
  /** How long what `list` said of these blobs holds, epoch milliseconds; missing where everybody sees the same. */
  permittedUntil?(blobs: readonly Blob[]): number
  /** The next `list` looks at the blobs again, whatever is remembered of them. */
  refresh(): void
  /** Opens the newest version. `growing` asks for what `mark`, `continues` and `border` need. */
  open(blob: Blob, options: { growing: boolean; signal: AbortSignal }): Promise<Reading>
  /** Where a listed blob's bytes lie as they are, for `readWhole`; null, or not there, where only `open` knows. */
  file?(blob: Blob): FileVersion | null
}

/** A source whose answers depend on whose token it asks with. */
export interface ProbedSource extends Source {
  /** Reads the least of a blob that shows whether it may be read. @throws Problem `denied` when not, `absent` when there is none, others when nobody knows. */
  probe(blob: Blob, signal: AbortSignal): Promise<void>
}
