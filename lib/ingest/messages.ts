import type { Rejection } from '@/lib/flow/blob'
import type { Piece } from '@/lib/flow/piece'
import type { FlowGroup } from '@/lib/flow/tuple'
import type { ScanOrigin, ScanState } from '@/lib/parse/scanner'
import type { Spooling } from '@/lib/store/spool'
import type { SpoolFile } from '@/lib/store/store'

/** What the server says to a parse thread. A session is one reading of one blob. */
export type ToParser =
  | { kind: 'open'; session: number; origin: ScanOrigin }
  | { kind: 'bytes'; session: number; bytes: Uint8Array<ArrayBuffer> }
  /** `whole`: the blob's end was reached, so what is left over is judged; otherwise it waits for the next reading. */
  | { kind: 'end'; session: number; whole: boolean }
  /** Write all rows gathered so far to `file`, and rolled up to `minutes`. */
  | { kind: 'flush'; file: string; minutes: string; spooling: Spooling }
  /** Get ready; the files may be written and are gone afterwards. */
  | { kind: 'warm-up'; file: string; minutes: string; spooling: Spooling }

/** What a parse thread answers. */
export type FromParser =
  /** `rows` is what the next flush weighs: its rows, and some for each new group. `held`: bytes kept of a record that has begun and not ended. */
  | { kind: 'parsed'; session: number; size: number; rows: number; held: number; state: ScanState }
  | { kind: 'ended'; session: number; rows: number; state: ScanState }
  /** `part` is null where there were no rows. */
  | { kind: 'flushed'; part: SpoolFile | null; sessions: FlushedSession[]; groups: FlowGroup[] }
  | { kind: 'broken'; message: string }

export interface FlushedSession {
  session: number
  state: ScanState
  /** What has been counted since the session began, up to `state.resume`; null when that is nothing. */
  piece: Piece | null
  /** Since the session's last flush. */
  rejections: Rejection[]
  ended: boolean
}

/** The half of a MessagePort or Worker that both sides need. */
export interface Port<In, Out> {
  postMessage(message: Out, transfer?: readonly ArrayBuffer[]): void
  on(event: 'message', listener: (message: In) => void): unknown
}
