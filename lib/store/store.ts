import type { BlobState, Rejection } from '@/lib/flow/blob'
import type { BlobPiece } from '@/lib/flow/piece'
import type { FlowGroup } from '@/lib/flow/tuple'
import type { SpooledRows, Spooling } from './spool'
import type { Sql } from './sql'

/** Rows that a parse thread wrote to the spool. */
export interface SpoolFile extends SpooledRows {
  /** The same rows rolled up, written by `store/minutes.ts`, or null where that does not pay. */
  minutes: string | null
}

/** How a store takes rows best. */
export interface Intake {
  /** Rows that make a batch worth a transaction of its own. */
  rows: number
  /** How long the last row of a finished blob may wait for company while more is being read. Milliseconds. */
  patience: number
  /** How spool files are written for it. */
  spooling: Spooling
  /** Appends that may be under way at once. They take effect in the order in which they were called, and one that fails fails those after it. */
  appends: number
}

/** What one transaction adds: rows from spool files together with the memory of the blobs they came from. */
export interface Batch {
  /** The store owns the files from here on. */
  parts: SpoolFile[]
  /** States after this batch; each replaces what was known of that blob. */
  blobs: BlobState[]
  /** Bytes from which on the rows of each of `blobs` were read, by its id: what is stored of it has to end there. Whatever it is where this is not said. */
  from?: ReadonlyMap<number, number>
  /** Blobs whose earlier rows, pieces and rejections go away first: replaced, or gone from the source. A blob that is in `blobs` too starts anew. */
  forget: number[]
  /** Each replaces the one of its blob that began at the same byte: a reading that is stored in several batches is one piece, which grows. */
  pieces: BlobPiece[]
  groups: FlowGroup[]
  /** Added to what is stored; an earlier `truncated` rejection of a blob in `blobs` is dropped first. */
  rejections: Rejection[]
}

/**
 * Where tuples live. Tables, the same on every engine (times in epoch milliseconds, addresses as in `flow/address.ts`, codes as in `flow/tuple.ts`):
 *
 * - `tuples(time, record_time, src, dst, sport, dport, proto, dir, action, state, packets_sent, bytes_sent, packets_received, bytes_received, grp, blob, hour, pos, record_pos, rolled)`;
 *   counters are null where nothing was measured, `grp` is `groups.id`, `hour` is -1 for loose files, `pos` and `record_pos` are byte offsets.
 * - `minutes(blob, hour, grp, dir, action, minute, record_minute, tuples, flows, bytes_sent, bytes_received, packets, first, last)`: sums over the
 *   tuples that are `rolled`, by the minutes (epoch milliseconds) of their time and of their flush.
 * - `groups(id, source, log, log_name, mac, format, acl, rule, enc, proto, state)`: FlowGroup.
 * - `reads(blob, from_byte, to_byte, sha256)`: Piece; those of a blob follow on each other without a gap from 0 to BlobState.resume, one for each
 *   reading that found something to count.
 * - `rejections(blob, reason, what, count, pos, sample)`: Rejection.
 */
export interface Store {
  readonly engine: { name: string; version: string }
  /** Folder for spool files. */
  readonly spool: string
  readonly intake: Intake
  /** Rows as objects. Integers are numbers (an unsafe one is a Problem `store`), but `src`-like 128-bit columns are bigints. */
  query<Row>(question: Sql, signal?: AbortSignal): Promise<Row[]>
  /** The same, some thousand rows at a time. */
  stream<Row>(question: Sql, signal?: AbortSignal): AsyncIterable<Row[]>
  /** Counts appends, and news that came with a refresh: equal numbers mean equal answers. */
  readonly revision: number
  /** Learns what other instances have stored, where several share the store; they may go on doing so at any time. */
  refresh(): Promise<void>
  /** What has been read, by BlobState.id, as of the last append or refresh. */
  blobs(): ReadonlyMap<number, BlobState>
  /** One transaction: all of it or nothing. */
  append(batch: Batch): Promise<void>
  /** Bytes that it takes on disk, room that new rows will fill left out. */
  size(): Promise<number>
  /** Rows count from their append on; this puts them where they are asked fastest, as the store does by itself when nothing else is to do. */
  settle(): Promise<void>
  close(): Promise<void>
}
