import type { BlobState, Rejection } from '@/lib/flow/reading/blob'
import type { BlobPiece } from '@/lib/flow/reading/piece'
import type { FlowGroup } from '@/lib/flow/tuple'
import type { Sql } from './sql'

/** How spool files are written: `plain` is read fastest, `packed` takes less than half the room: for another machine. */
export type Spooling = 'plain' | 'packed'

/** A file of rows that a parse thread wrote to the spool, and what it has to sum up to. */
export interface SpoolFile {
  file: string
  rows: number
  /** Length of the file, and its CRC-32. */
  bytes: number
  crc: number
  /** The same rows rolled up, written by `store/spool/minutes.ts`, or null where that does not pay. */
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
  /** More is being read and will follow soon, so that nothing should be settled in between. */
  more?: boolean
}

/**
 * Where tuples live: the tables `tuples`, `minutes`, `groups`, `reads` and `rejections`, whose columns `store/schema.ts` and `flow/columns.ts` name,
 * with times in epoch milliseconds, addresses as in `flow/address/address.ts` and codes as in `flow/tuple.ts`, the same on every engine.
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
  /** True once its files are damaged or gone: it has to be opened anew, and what it held be read from the sources again. */
  readonly isBroken: boolean
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
