import type { Rejection } from '@/lib/flow/reading/blob'
import type { Piece } from '@/lib/flow/reading/piece'
import type { FlowGroup } from '@/lib/flow/tuple/tuple'
import type { ScanOrigin, ScanState } from '@/lib/parse/scanner'
import type { FileVersion } from '@/lib/source/model/source'
import type { SpoolFile, Spooling } from '@/lib/store/store'
import type { Broken } from './broken'

/** Messages from the server to a parse thread. A session is one reading of one blob. */
export type ToParser =
  | { kind: 'open'; session: number; origin: ScanOrigin }
  | { kind: 'bytes'; session: number; bytes: Uint8Array<ArrayBuffer> }
  /** Read small files, one after the other, whole: each is a session that opens and ends with it. */
  | { kind: 'files'; files: FileToRead[] }
  /** A session that opens and ends with this: all bytes of a small blob. */
  | { kind: 'whole'; session: number; origin: ScanOrigin; bytes: Uint8Array<ArrayBuffer> }
  /** `whole`: the blob's end was reached, so the remaining bytes are parsed as they are; otherwise they wait for the next reading. */
  | { kind: 'end'; session: number; whole: boolean }
  /** Write all rows gathered so far to `file`, and their roll-up to `minutes`. */
  | { kind: 'flush'; file: string; minutes: string; spooling: Spooling }
  /** Warm up; the files may be written and are deleted afterwards. */
  | { kind: 'warm-up'; file: string; minutes: string; spooling: Spooling }

/** Messages from a parse thread. */
export type FromParser =
  /** `held`: bytes kept of an unfinished record. */
  | ({ kind: 'parsed'; session: number; size: number; held: number; state: ScanState } & Filled)
  | ({ kind: 'ended'; session: number; state: ScanState } & Filled)
  /**
   * Answers `files` and `whole`, in their order: the number of tuples in each session, or null if the thread could not read a file by itself; then there is no
   * session.
   */
  | ({ kind: 'filed'; tuples: (number | null)[] } & Filled)
  /** `part` is null when there were no rows. */
  | { kind: 'flushed'; part: SpoolFile | null; sessions: FlushedSession[]; groups: FlowGroup[]; groupBytes: number }
  | ({ kind: 'broken' } & Broken)

/**
 * Memory of new groups with which a parse thread takes no more bytes before its next flush, whatever the engine: they pass through the server's heap at once, and
 * a hostile log has one for each row. Bytes.
 */
export const FLUSH_GROUPS = 3 * 1024 * 1024

/** What the next flush of a parse thread holds so far: rows, and memory of new groups. */
export interface Filled {
  rows: number
  groupBytes: number
}

export interface FileToRead {
  session: number
  origin: ScanOrigin
  file: FileVersion
}

export interface FlushedSession {
  session: number
  state: ScanState
  /** Bytes counted since the session began, up to `state.resume`; null when there are none. */
  piece: Piece | null
  /** Rejections since the session's last flush. */
  rejections: Rejection[]
  ended: boolean
}

/** The part of a MessagePort or Worker that both sides need. */
export interface Port<In, Out> {
  postMessage(message: Out, transfer?: readonly ArrayBuffer[]): void
  on(event: 'message', listener: (message: In) => void): unknown
}
