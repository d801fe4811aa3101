import type { BlobState, Rejection } from '@/lib/flow/reading/blob'
import type { BlobPiece } from '@/lib/flow/reading/piece'
import type { FlowGroup } from '@/lib/flow/tuple/tuple'
import type { Sql } from './sql'

/** Format of spool files: `plain` is fastest to read; `packed` takes less than half the space, for use over a network. */
export type Spooling = 'plain' | 'packed'

/** A file of rows that a parse thread wrote to the spool, and its expected size and checksum. */
export interface SpoolFile {
  file: string
  rows: number
  /** Length of the file, and its CRC-32. */
  bytes: number
  crc: number
  /** The same rows rolled up, written by `store/spool/minutes.ts`, or null if that is not worthwhile. */
  minutes: string | null
}

/** The best way to send rows to a store. */
export interface Intake {
  /** Rows that are enough for a batch. */
  rows: number
  /** Longest wait of a finished blob's last row for further rows while more is being read. Milliseconds. */
  patience: number
  /** Format of its spool files. */
  spooling: Spooling
  /** Maximum number of concurrent appends. They take effect in the order of the calls, and if one fails, so do those after it. */
  appends: number
}

/** The additions of one transaction: rows from spool files, together with the states of the blobs they came from. */
export interface Batch {
  /** From here on, the store owns the files. */
  parts: SpoolFile[]
  /** States after this batch; each replaces the blob's previous state. */
  blobs: BlobState[]
  /** First byte from which the rows of each of `blobs` were read, by blob id: the stored data must end there. Blobs without an entry are not checked. */
  from?: ReadonlyMap<number, number>
  /** Blobs whose earlier rows, pieces and rejections are removed first, because they were replaced or deleted. A blob that is also in `blobs` starts again. */
  forget: number[]
  /** Each replaces the piece of its blob that began at the same byte: a reading that is stored in several batches is one growing piece. */
  pieces: BlobPiece[]
  groups: FlowGroup[]
  /** Added to the stored ones; an earlier `truncated` rejection of a blob in `blobs` is removed first. */
  rejections: Rejection[]
  /** True if more is being read and will follow soon, so that nothing should be settled in between. */
  more?: boolean
}

/**
 * The store of tuples: the tables `tuples`, `minutes`, `groups`, `reads` and `rejections`, whose columns are in `store/schema.ts` and `flow/tuple/columns.ts`, with
 * times in epoch milliseconds, addresses as in `flow/address/address.ts` and codes as in `flow/tuple/tuple.ts`, the same on every engine.
 */
export interface Store {
  readonly engine: { name: string; version: string }
  /** Folder for spool files. */
  readonly spool: string
  readonly intake: Intake
  /** Returns rows as objects. Integers are numbers (an unsafe one is a Problem `store`), but 128-bit columns such as `src` are bigints. */
  query<Row>(question: Sql, signal?: AbortSignal): Promise<Row[]>
  /** The same, some thousand rows at a time. */
  stream<Row>(question: Sql, signal?: AbortSignal): AsyncIterable<Row[]>
  /** True once its files are damaged or missing: it must be opened again, and its data be read from the sources again. */
  readonly isBroken: boolean
  /** Counts appends, and changes found by a refresh: equal numbers mean equal answers. */
  readonly revision: number
  /** Reads what other instances have stored, if several share the store; they may store more at any time. */
  refresh(): Promise<void>
  /** The states of all blobs that have been read, by BlobState.id, as of the last append or refresh. */
  blobs(): ReadonlyMap<number, BlobState>
  /** Adds a batch in one transaction: all or nothing. */
  append(batch: Batch): Promise<void>
  /**
   * Takes the lease `name` for `ms` from now, or renews it: true if `holder` has it. Of all who share the store one holder has it at a time, by the
   * store's clock; 0 gives it back. Whoever is paused for longer than that has lost it without knowing.
   */
  lease(name: string, holder: string, ms: number): Promise<boolean>
  /** Returns the bytes on disk, without free space that new rows will fill. */
  size(): Promise<number>
  /** Moves rows to where queries are fastest; they count from their append on. The store does this by itself when idle. */
  settle(): Promise<void>
  close(): Promise<void>
}
