import type { Blob, Extent } from '@/lib/flow/blob'
import type { Problem } from '@/lib/flow/problem'

/**
 * Told of each part of a source that could not be seen while the rest of it could: an unreadable directory, a refused container. `denied` are the blobs
 * concerned, where they were seen but may not be read.
 */
export type Report = (problem: Problem, denied?: readonly Blob[]) => void

/** A blob opened at one version: every byte it gives belongs to that version, or it throws Problem `changed`. */
export interface Reading {
  readonly etag: string
  /** Bytes. */
  readonly length: number
  /**
   * End in bytes of the first `count` blocks that this version was written in, its length when it has no more; null when the source knows no blocks,
   * or the blob was opened without `growing`.
   */
  border(count: number): number | null
  /** Bytes [from, to) in order, in chunks of at most 4 MiB; each chunk owns its ArrayBuffer whole, so it can be transferred. */
  read(from: number, to: number, signal: AbortSignal): AsyncIterable<Uint8Array<ArrayBuffer>>
  /** A note that `continues` can judge later, about bytes [0, end) of this version; null when the source cannot tell. */
  mark(end: number, signal: AbortSignal): Promise<string | null>
  /** Whether bytes [0, end) of this version are the bytes that `mark` was taken of. */
  continues(mark: string, end: number, signal: AbortSignal): Promise<boolean>
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
  /** Blobs of the hours first..last (epoch milliseconds, inclusive) and every loose file. Throws when nothing of the source can be seen. */
  list(hours: { first: number; last: number }, signal: AbortSignal, report?: Report): Promise<Blob[]>
  /** How long what `list` said of these blobs holds, epoch milliseconds; missing where everybody sees the same. */
  permittedUntil?(blobs: readonly Blob[]): number
  /** The next `list` looks at the blobs again, whatever is remembered of them. */
  refresh(): void
  /** Opens the newest version. `growing` asks for what `mark`, `continues` and `border` need. */
  open(blob: Blob, options: { growing: boolean; signal: AbortSignal }): Promise<Reading>
}

/** A source whose answers depend on whose token it asks with. */
export interface ProbedSource extends Source {
  /** Reads the least of a blob that shows whether it may be read. @throws Problem `denied` when not, `absent` when there is none, others when nobody knows. */
  probe(blob: Blob, signal: AbortSignal): Promise<void>
}
