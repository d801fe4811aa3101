import { Problem } from '@/lib/flow/problem'
import type { BlobState, Rejection } from '@/lib/flow/reading/blob'
import type { Piece } from '@/lib/flow/reading/piece'
import type { FlowGroup } from '@/lib/flow/tuple/tuple'
import type { SpoolFile, Store } from '@/lib/store/store'
import type { ParseSession } from './session'
import { parsed } from './tally'

/** Maximum number of batches that wait for the store, of all threads together. */
const WAITING_BATCHES = 4
/** Target share of time for transactions: if they take long, rows wait longer for a larger batch. */
const SHARE = 1 / 4
/** Maximum memory of waiting groups. With more, threads receive no bytes: a log may have a group for each row, and groups are objects in this thread's heap. Bytes. */
const WAITING_GROUPS = 10 * 1024 * 1024

/** A spool file that waits to be stored, with the sessions whose rows it holds. */
export interface Flush {
  part: SpoolFile | null
  readings: { session: ParseSession; state: BlobState; piece: Piece | null; rejections: Rejection[]; ended: boolean }[]
  groups: FlowGroup[]
  /** Memory of the groups. */
  groupBytes: number
}

/** Stores what parse threads have written, in order. */
export class Commits {
  private batches = 0
  private groupBytes = 0
  private readonly queue: Flush[] = []
  private readonly appends = new Set<Promise<void>>()
  /** Duration of the last transaction. Milliseconds. */
  private took = 0

  /** `failure`: the error that stops all storing, or null; `more`: whether more blobs will follow. */
  constructor(
    private readonly store: Store,
    private readonly pool: {
      readonly failure: Problem | null
      readonly more: () => boolean
      fail(problem: Problem): void
      wake(): void
    },
    private readonly threads: number,
  ) {}

  /** Longest wait of a finished blob's last row for a larger batch while more is being read. Milliseconds. */
  get patience(): number {
    return Math.max(this.store.intake.patience, this.took * (this.threads / SHARE - 1))
  }

  /** True while threads may continue to fill batches. */
  get mayStore(): boolean {
    return this.batches < WAITING_BATCHES && !this.isLaden
  }

  /** True while groups that wait take so much memory that no thread may send more. */
  get isLaden(): boolean {
    return this.groupBytes >= WAITING_GROUPS
  }

  /** Announces a batch that a thread was asked to write, and that `add` will receive. */
  expect(): void {
    this.batches++
  }

  add(flush: Flush): void {
    this.groupBytes += flush.groupBytes
    this.queue.push(flush)
    this.advance()
  }

  /** Resolves when nothing is being stored. */
  async ended(): Promise<void> {
    while (this.appends.size > 0) await Promise.all(this.appends)
  }

  private advance(): void {
    if (this.queue.length === 0 || this.appends.size === this.store.intake.appends) return
    const append = this.transact(this.queue.splice(0)).then(() => {
      this.appends.delete(append)
      this.advance()
    })
    this.appends.add(append)
  }

  /** Stores everything that arrived during the last transaction in one transaction. */
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
      if (this.pool.failure) throw this.pool.failure
      const begun = performance.now()
      await this.store.append({
        parts: flushes.flatMap(({ part }) => part ?? []),
        blobs: [...new Map(readings.map(({ state }) => [state.id, state])).values()],
        from,
        forget,
        pieces: [...pieces.values()],
        groups: flushes.flatMap(({ groups }) => groups),
        rejections: readings.flatMap(({ rejections }) => rejections),
        more: this.pool.more(),
      })
      this.took = performance.now() - begun
      const seen = parsed()
      for (const { part } of flushes) seen.rows += part?.rows ?? 0
      for (const { rejections } of readings) for (const { what, count } of rejections) seen.rejected += what === 'warning' ? 0 : count
      for (const reading of readings) if (reading.ended) reading.session.resolve(reading.state)
    } catch (error) {
      this.pool.fail(error instanceof Problem ? error : new Problem('store', 'Rows could not be stored', { cause: error }))
      for (const { session } of readings) session.reject(error)
    }
    this.batches -= flushes.length
    this.groupBytes -= flushes.reduce((sum, flush) => sum + flush.groupBytes, 0)
    this.pool.wake()
  }
}
