import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import type { BlobState, Rejection } from '@/lib/flow/blob'
import type { Piece } from '@/lib/flow/piece'
import { Problem } from '@/lib/flow/problem'
import type { FlowGroup } from '@/lib/flow/tuple'
import type { ScanOrigin, ScanState } from '@/lib/parse/scanner'
import type { Spooling } from '@/lib/store/spool'
import type { Intake, SpoolFile, Store } from '@/lib/store/store'
import type { FromParser } from './messages'
import { type Outcome, Session } from './session'
import type { ReadingShares } from './shares'
import { parsed } from './tally'
import type { ParseThread } from './thread'

/** Bytes that may wait in front of one parse thread. */
const WAITING_BYTES = 8 * 1024 * 1024
/** Batches that may wait in front of the store, all threads together. */
const WAITING_BATCHES = 4

interface Seat {
  thread: ParseThread
  sessions: Map<number, Session>
  waiting: number
  /** Rows parsed and not yet flushed. */
  rows: number
  ended: number
  flushing: boolean
  timer: NodeJS.Timeout | null
}

/** A spool file that waits to be stored, with the sessions whose rows it holds. */
interface Flush {
  part: SpoolFile | null
  readings: { session: Session; state: BlobState; piece: Piece | null; rejections: Rejection[]; ended: boolean }[]
  groups: FlowGroup[]
}

/** Parse threads in front of a store: bytes in, committed blobs out. What fails to commit takes the whole pool down, so that no later rows stand without the earlier ones. */
export class ParsePool {
  private readonly seats: Seat[]
  private readonly intake: Intake
  private nextSession = 1
  private batches = 0
  private readonly queue: Flush[] = []
  private readonly appends = new Set<Promise<void>>()
  private listeners = new Set<() => void>()
  private failure: Problem | null = null

  constructor(
    private readonly store: Store,
    private readonly shares: Pick<ReadingShares, 'threads' | 'heap' | 'held'>,
    start: (heap: number) => ParseThread,
    /** Whether more blobs are on their way here, so that a batch may wait for them. */
    private readonly more: () => boolean,
  ) {
    this.intake = store.intake
    this.seats = Array.from({ length: shares.threads }, () => {
      const seat: Seat = { thread: start(shares.heap), sessions: new Map(), waiting: 0, rows: 0, ended: 0, flushing: false, timer: null }
      seat.thread.on('message', (message) => this.take(seat, message))
      seat.thread.on('error', (error) => this.fail(new Problem('store', `Parse thread stopped: ${error.message}`, { cause: error })))
      seat.thread.unref()
      return seat
    })
  }

  get failed(): boolean {
    return this.failure !== null
  }

  /** Begins a reading; see Session for the parameters. */
  open(origin: ScanOrigin, version: BlobState, base: BlobState | null, replaces: boolean): Session {
    const session = new Session(this.nextSession++, origin, version, base, replaces)
    const seat = this.seats.reduce((best, other) => (load(other) < load(best) ? other : best))
    seat.sessions.set(session.id, session)
    if (this.failure) session.reject(this.failure)
    seat.thread.postMessage({ kind: 'open', session: session.id, origin })
    return session
  }

  /** Hands bytes over, which are then gone from here; resolves when more may follow. */
  async push(session: Session, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    if (this.failure) throw this.failure
    const seat = this.seatOf(session)
    session.pending += bytes.length
    seat.waiting += bytes.length
    seat.thread.postMessage({ kind: 'bytes', session: session.id, bytes }, [bytes.buffer])
    await this.until(() => seat.waiting < WAITING_BYTES && this.batches < WAITING_BATCHES && this.mayHold(session))
  }

  /** Where unfinished records take too much already, only the longest of them goes on: it is the first to end, or to be refused as too long. */
  private mayHold(session: Session): boolean {
    let sum = 0
    let longest = session
    for (const { sessions } of this.seats)
      for (const other of sessions.values()) {
        sum += other.held
        if (other.held > longest.held || (other.held === longest.held && other.id < longest.id)) longest = other
      }
    return sum <= this.shares.held || longest === session
  }

  /** Resolves when everything pushed has been parsed. */
  async drained(session: Session): Promise<ScanState> {
    await this.until(() => session.pending === 0)
    return session.state
  }

  /** Ends a reading; the result is stored when `session.committed` resolves. */
  end(session: Session, outcome: Outcome): Promise<BlobState> {
    session.outcome = outcome
    this.seatOf(session).thread.postMessage({ kind: 'end', session: session.id, whole: outcome.complete })
    return session.committed
  }

  /** Nothing more is on its way: what waits for company is stored now. */
  hurry(): void {
    for (const seat of this.seats) this.considerFlush(seat)
  }

  async close(): Promise<void> {
    this.failure ??= new Problem('cancelled', 'Reading was stopped')
    this.wake()
    while (this.appends.size > 0) await Promise.all(this.appends)
    for (const seat of this.seats) if (seat.timer) clearTimeout(seat.timer)
    await Promise.all(this.seats.map((seat) => seat.thread.terminate()))
  }

  private seatOf(session: Session): Seat {
    const seat = this.seats.find(({ sessions }) => sessions.has(session.id))
    if (!seat) throw this.failure ?? new Problem('store', `Reading ${session.id} is over`)
    return seat
  }

  private async until(condition: () => boolean): Promise<void> {
    while (!condition()) {
      if (this.failure) throw this.failure
      await new Promise<void>((resolve) => this.listeners.add(resolve))
    }
    if (this.failure) throw this.failure
  }

  private wake(): void {
    const waiting = this.listeners
    this.listeners = new Set()
    for (const listener of waiting) listener()
  }

  private take(seat: Seat, message: FromParser): void {
    if (message.kind === 'broken') this.fail(new Problem('store', `Parser failed: ${message.message}`))
    else if (message.kind === 'flushed') {
      // Whatever the thread had answered until now is in this flush.
      seat.flushing = false
      seat.rows = 0
      seat.ended = 0
      this.commit(seat, message)
    } else {
      const session = seat.sessions.get(message.session)
      if (session) session.state = message.state
      seat.rows = message.rows
      if (message.kind === 'ended') {
        seat.ended++
        if (session) session.held = 0
      } else {
        seat.waiting -= message.size
        if (session) {
          session.pending -= message.size
          session.held = message.held
        }
      }
    }
    this.considerFlush(seat)
    this.wake()
  }

  private considerFlush(seat: Seat): void {
    if (seat.flushing || this.failure) return
    if (seat.rows >= this.intake.rows || (seat.ended > 0 && seat.ended === seat.sessions.size && !this.more())) this.flush(seat)
    else if (seat.ended > 0) seat.timer ??= setTimeout(() => this.flush(seat), this.intake.patience)
  }

  private flush(seat: Seat): void {
    if (seat.timer) clearTimeout(seat.timer)
    seat.timer = null
    if (seat.flushing || this.failure) return
    seat.flushing = true
    this.batches++
    seat.thread.postMessage({ kind: 'flush', ...this.newFiles() })
  }

  private newFiles(): { file: string; minutes: string; spooling: Spooling } {
    const path = join(this.store.spool, randomUUID())
    return { file: `${path}.parquet`, minutes: `${path}.minutes.parquet`, spooling: this.intake.spooling }
  }

  /** Lets every thread meet its work once before the first blob. */
  warmUp(): void {
    for (const { thread } of this.seats) thread.postMessage({ kind: 'warm-up', ...this.newFiles() })
  }

  private commit(seat: Seat, flushed: Extract<FromParser, { kind: 'flushed' }>): void {
    const readings = flushed.sessions.flatMap(({ session, ...part }) => {
      const known = seat.sessions.get(session)
      if (part.ended) seat.sessions.delete(session)
      return known ? [{ ...part, session: known, state: known.describe(part.state, part.ended) }] : []
    })
    this.queue.push({ part: flushed.part, readings, groups: flushed.groups })
    this.advance()
  }

  private advance(): void {
    if (this.queue.length === 0 || this.appends.size === this.intake.appends) return
    const append = this.transact(this.queue.splice(0)).then(() => {
      this.appends.delete(append)
      this.advance()
    })
    this.appends.add(append)
  }

  /** One transaction for all that has come while those before were under way. */
  private async transact(flushes: Flush[]): Promise<void> {
    const readings = flushes.flatMap((flush) => flush.readings)
    const forget = readings.filter(({ session }) => session.replaces).map(({ session }) => session.blob)
    const from = new Map(readings.map(({ session }) => [session.blob, session.stored]))
    for (const { session, state } of readings) {
      session.replaces = false
      session.stored = state.resume
    }
    const pieces = new Map(readings.flatMap(({ session, piece }) => (piece ? [[session, { blob: session.blob, ...piece }]] : [])))
    try {
      if (this.failure) throw this.failure
      await this.store.append({
        parts: flushes.flatMap(({ part }) => part ?? []),
        blobs: [...new Map(readings.map(({ state }) => [state.id, state])).values()],
        from,
        forget,
        pieces: [...pieces.values()],
        groups: flushes.flatMap(({ groups }) => groups),
        rejections: readings.flatMap(({ rejections }) => rejections),
      })
      const seen = parsed()
      for (const { part } of flushes) seen.rows += part?.rows ?? 0
      for (const { rejections } of readings) for (const { what, count } of rejections) seen.rejected += what === 'warning' ? 0 : count
      for (const reading of readings) if (reading.ended) reading.session.resolve(reading.state)
    } catch (error) {
      this.fail(error instanceof Problem ? error : new Problem('store', 'Rows could not be stored', { cause: error }))
      for (const { session } of readings) session.reject(error)
    }
    this.batches -= flushes.length
    this.wake()
  }

  private fail(problem: Problem): void {
    this.failure ??= problem
    for (const seat of this.seats) for (const session of seat.sessions.values()) session.reject(this.failure)
    this.wake()
  }
}

function load(seat: Seat): number {
  return seat.waiting + seat.sessions.size * 1024
}
