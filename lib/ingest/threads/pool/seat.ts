import { type Filled, FLUSH_GROUPS, type FromParser } from '../messages'
import type { ParseThread } from '../worker/thread'
import type { ParseSession } from './session'

/** Assumed size of what remains of a reading. Bytes. */
const READING = 1024

const EMPTY: Filled = { rows: 0, groupBytes: 0 }

/** Small blobs on their way to and from a parse thread. */
export interface SmallBatch {
  sessions: ParseSession[]
  bytes: number
  /** The thread's answer. */
  tuples: readonly (number | null)[] | null
}

/** One parse thread, with what was handed to it and what it has told. */
export class Seat {
  readonly sessions = new Map<number, ParseSession>()
  /** Bytes handed over and not yet parsed. */
  waiting = 0
  /** True from the request to write rows until they are written. */
  flushing = false
  timer: NodeJS.Timeout | null = null
  /** Oldest first: answers arrive in this order. */
  private readonly small: SmallBatch[] = []
  /** What was parsed and is not yet flushed. */
  private filled: Filled = EMPTY
  /** Sessions that have ended and are not yet flushed. */
  private ended = 0

  constructor(readonly thread: ParseThread) {}

  /** The blobs (Blob.id) whose bytes the thread has not parsed to their end; all of the thread's if it has, or is writing rows. */
  get unfinished(): ReadonlySet<number> {
    const all = [...this.sessions.values()]
    const waiting = new Set(this.small.flatMap(({ sessions }) => sessions))
    const open = all.filter((session) => waiting.has(session) || session.outcome === null || session.pending > 0)
    return new Set((this.flushing || open.length === 0 ? all : open).map(({ blob }) => blob))
  }

  get load(): number {
    return this.waiting + this.sessions.size * READING
  }

  get hasEnded(): boolean {
    return this.ended > 0
  }

  /** True if every session has ended. */
  get isDone(): boolean {
    return this.ended > 0 && this.ended === this.sessions.size
  }

  isFull(rows: number): boolean {
    return this.filled.rows >= rows || this.filled.groupBytes >= FLUSH_GROUPS
  }

  begin(sessions: ParseSession[], bytes: number): SmallBatch {
    const batch: SmallBatch = { sessions, bytes, tuples: null }
    for (const session of sessions) this.sessions.set(session.id, session)
    this.waiting += bytes
    this.small.push(batch)
    return batch
  }

  hand(session: ParseSession, bytes: Uint8Array<ArrayBuffer>): void {
    session.pending += bytes.length
    this.waiting += bytes.length
    this.thread.postMessage({ kind: 'bytes', session: session.id, bytes }, [bytes.buffer])
  }

  parsed({ session: id, size, rows, groupBytes, held, state }: Extract<FromParser, { kind: 'parsed' }>): void {
    this.filled = { rows, groupBytes }
    this.waiting -= size
    const session = this.sessions.get(id)
    if (!session) return
    session.state = state
    session.pending -= size
    session.held = held
  }

  sessionEnded({ session: id, rows, groupBytes, state }: Extract<FromParser, { kind: 'ended' }>): void {
    this.filled = { rows, groupBytes }
    this.ended++
    const session = this.sessions.get(id)
    if (!session) return
    session.state = state
    session.held = 0
  }

  filed({ tuples, rows, groupBytes }: Extract<FromParser, { kind: 'filed' }>): void {
    const batch = this.small.shift()!
    batch.tuples = tuples
    this.waiting -= batch.bytes
    this.filled = { rows, groupBytes }
    for (const [i, session] of batch.sessions.entries()) {
      if (tuples[i] === null) this.sessions.delete(session.id)
      else this.ended++
    }
  }

  /** A flush contains everything that the thread had parsed until it wrote. */
  flushed(): void {
    this.flushing = false
    this.filled = EMPTY
    this.ended = 0
  }
}
