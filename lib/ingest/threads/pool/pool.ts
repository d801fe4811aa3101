import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { Problem } from '@/lib/flow/problem'
import type { BlobState } from '@/lib/flow/reading/blob'
import type { ScanOrigin, ScanState } from '@/lib/parse/scanner'
import type { FileVersion } from '@/lib/source/model/source'
import type { Intake, Spooling, Store } from '@/lib/store/store'
import { brokenProblem, ThreadStopped } from '../broken'
import type { FromParser } from '../messages'
import type { ParseThread } from '../worker/thread'
import { Commits } from './commits'
import { Seat, type SmallBatch } from './seat'
import { ParseSession, type ReadOutcome } from './session'
import type { ReadingShares } from './shares'

/** Maximum number of bytes that wait for one parse thread. */
const WAITING_BYTES = 8 * 1024 * 1024
/** Batches of files that wait for one parse thread, so that it never waits for the next. */
const FILE_BATCHES = 2

/** A small file that a parse thread reads by itself; `version` is the blob's state before. */
export interface SmallFile {
  origin: ScanOrigin
  version: BlobState
  file: FileVersion
}

/**
 * Parse threads in front of a store: bytes in, committed blobs out. A failed commit stops the whole pool, so that no later rows are stored without
 * the earlier ones.
 */
export class ParsePool {
  private readonly seats: Seat[]
  private readonly intake: Intake
  private nextSession = 1
  private readonly commits: Commits
  private listeners = new Set<() => void>()
  failure: Problem | null = null

  constructor(
    private readonly store: Store,
    private readonly shares: Pick<ReadingShares, 'threads' | 'heap' | 'held'>,
    start: (heap: number) => ParseThread,
    /** True if more blobs will follow, so that a batch may wait for them. */
    readonly more: () => boolean,
  ) {
    this.intake = store.intake
    this.commits = new Commits(store, this, shares.threads)
    this.seats = Array.from({ length: shares.threads }, () => {
      const seat = new Seat(start(shares.heap))
      seat.thread.on('message', (message) => this.hear(seat, message))
      seat.thread.on('error', (error) => this.fail(new ThreadStopped(seat.unfinished, error)))
      seat.thread.unref()
      return seat
    })
  }

  get failed(): boolean {
    return this.failure !== null
  }

  /** Batches of files that keep all threads busy. */
  get fileBatches(): number {
    return this.seats.length * FILE_BATCHES
  }

  /**
   * Lets one parse thread read small files by itself. Resolves when they have been parsed and more may follow. Each session's result is stored when its
   * `committed` resolves; null for a file that must be read in the ordinary way.
   */
  async readFiles(files: readonly SmallFile[]): Promise<({ session: ParseSession; tuples: number } | null)[]> {
    if (this.failure) throw this.failure
    const seat = this.freest()
    const bytes = files.reduce((sum, { file }) => sum + file.length, 0)
    const batch = this.begin(seat, files, bytes)
    seat.thread.postMessage({
      kind: 'files',
      files: files.map(({ origin, file }, i) => ({ session: batch.sessions[i]!.id, origin, file })),
    })
    const tuples = await this.answered(batch)
    return batch.sessions.map((session, i) => (tuples[i] == null ? null : { session, tuples: tuples[i] }))
  }

  /** Transfers all bytes of a small blob to a parse thread; otherwise like `readFiles`. */
  async take(blob: Omit<SmallFile, 'file'>, bytes: Uint8Array<ArrayBuffer>): Promise<{ session: ParseSession; tuples: number }> {
    if (this.failure) throw this.failure
    const seat = this.freest()
    const batch = this.begin(seat, [blob], bytes.length)
    const [session] = batch.sessions as [ParseSession]
    seat.thread.postMessage({ kind: 'whole', session: session.id, origin: blob.origin, bytes }, [bytes.buffer])
    const [tuples] = await this.answered(batch)
    return { session, tuples: tuples! }
  }

  private begin(seat: Seat, blobs: readonly Omit<SmallFile, 'file'>[], bytes: number): SmallBatch {
    const sessions = blobs.map(({ origin, version }) => {
      const session = new ParseSession(this.nextSession++, origin, version, null, false)
      session.outcome = { complete: true, mark: null }
      return session
    })
    return seat.begin(sessions, bytes)
  }

  private async answered(batch: SmallBatch): Promise<readonly (number | null)[]> {
    await this.until(() => batch.tuples !== null && this.commits.mayStore)
    return batch.tuples!
  }

  private freest(): Seat {
    return this.seats.reduce((best, other) => (other.load < best.load ? other : best))
  }

  /** Begins a reading; see ParseSession for the parameters. */
  open(origin: ScanOrigin, version: BlobState, base: BlobState | null, replaces: boolean): ParseSession {
    const session = new ParseSession(this.nextSession++, origin, version, base, replaces)
    const seat = this.freest()
    seat.sessions.set(session.id, session)
    if (this.failure) session.reject(this.failure)
    seat.thread.postMessage({ kind: 'open', session: session.id, origin })
    return session
  }

  /** Transfers bytes to the parse thread; resolves when more may follow. */
  async push(session: ParseSession, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    if (this.failure) throw this.failure
    const seat = this.seatOf(session)
    seat.hand(session, bytes)
    await this.until(() => seat.waiting < WAITING_BYTES && this.commits.mayStore && this.mayHold(session))
  }

  /** If unfinished records take too much memory, only the longest continues: it is the first to end, or to be rejected as too long. */
  private mayHold(session: ParseSession): boolean {
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
  async drained(session: ParseSession): Promise<ScanState> {
    await this.until(() => session.pending === 0)
    return session.state
  }

  /** Ends a reading; the result is stored when `session.committed` resolves. */
  end(session: ParseSession, outcome: ReadOutcome): Promise<BlobState> {
    session.outcome = outcome
    this.seatOf(session).thread.postMessage({ kind: 'end', session: session.id, whole: outcome.complete })
    return session.committed
  }

  /** Stores what waits, because nothing more will follow. */
  hurry(): void {
    for (const seat of this.seats) this.considerFlush(seat)
  }

  async close(): Promise<void> {
    this.failure ??= new Problem('cancelled', 'Reading was stopped')
    this.wake()
    await this.commits.ended()
    for (const seat of this.seats) if (seat.timer) clearTimeout(seat.timer)
    await Promise.all(this.seats.map((seat) => seat.thread.terminate()))
  }

  private seatOf(session: ParseSession): Seat {
    const seat = this.seats.find(({ sessions }) => sessions.has(session.id))
    if (!seat) throw this.failure ?? new Problem('store', `Reading ${session.id} has ended`)
    return seat
  }

  private async until(condition: () => boolean): Promise<void> {
    while (!condition()) {
      if (this.failure) throw this.failure
      await new Promise<void>((resolve) => this.listeners.add(resolve))
    }
    if (this.failure) throw this.failure
  }

  wake(): void {
    for (const seat of this.seats) this.considerFlush(seat)
    const waiting = this.listeners
    this.listeners = new Set()
    for (const listener of waiting) listener()
  }

  private hear(seat: Seat, message: FromParser): void {
    if (message.kind === 'broken') this.fail(brokenProblem(message, seat.unfinished))
    else if (message.kind === 'flushed') {
      seat.flushed()
      this.commit(seat, message)
    } else if (message.kind === 'filed') seat.filed(message)
    else if (message.kind === 'ended') seat.sessionEnded(message)
    else seat.parsed(message)
    this.wake()
  }

  private considerFlush(seat: Seat): void {
    if (seat.flushing || this.failure) return
    if (seat.isFull(this.intake.rows) || (seat.isDone && !this.more())) this.flush(seat)
    else if (seat.hasEnded) seat.timer ??= setTimeout(() => this.flush(seat), this.commits.patience)
  }

  private flush(seat: Seat): void {
    if (seat.timer) clearTimeout(seat.timer)
    seat.timer = null
    if (seat.flushing || this.failure || this.commits.isLaden) return
    seat.flushing = true
    this.commits.expect()
    seat.thread.postMessage({ kind: 'flush', ...this.newFiles() })
  }

  private newFiles(): { file: string; minutes: string; spooling: Spooling } {
    const path = join(this.store.spool, randomUUID())
    return { file: `${path}.parquet`, minutes: `${path}.minutes.parquet`, spooling: this.intake.spooling }
  }

  /** Warms up every thread before the first blob. */
  warmUp(): void {
    for (const { thread } of this.seats) thread.postMessage({ kind: 'warm-up', ...this.newFiles() })
  }

  private commit(seat: Seat, flushed: Extract<FromParser, { kind: 'flushed' }>): void {
    const readings = flushed.sessions.flatMap(({ session, ...part }) => {
      const known = seat.sessions.get(session)
      if (part.ended) seat.sessions.delete(session)
      return known ? [{ ...part, session: known, state: known.describe(part.state, part.ended) }] : []
    })
    this.commits.add({ part: flushed.part, readings, groups: flushed.groups, groupBytes: flushed.groupBytes })
  }

  fail(problem: Problem): void {
    this.failure ??= problem
    for (const seat of this.seats) for (const session of seat.sessions.values()) session.reject(this.failure)
    this.wake()
  }
}
