import { Problem } from '@/lib/flow/problem'
import type { BlobState, Rejection } from '@/lib/flow/reading/blob'
import type { Piece } from '@/lib/flow/reading/piece'
import type { FlowGroup } from '@/lib/flow/tuple'
import type { SpoolFile, Store } from '@/lib/store/store'
import type { ParseSession } from './session'
import { parsed } from './tally'

/** Most batches that wait for the store, of all threads together. */
const WAITING_BATCHES = 4
/** Transactions may take this share of the time: where they take long, rows wait longer for company. */
const SHARE = 1 / 4
/** No more bytes are taken while so many groups wait for it: a log may have one for each row, and they are objects of this thread's heap. */
const WAITING_GROUPS = 16_384

/** A spool file that waits to be stored, with the sessions whose rows it holds. */
export interface Flush {
  part: SpoolFile | null
  readings: { session: ParseSession; state: BlobState; piece: Piece | null; rejections: Rejection[]; ended: boolean }[]
  groups: FlowGroup[]
}

/** The way of what parse threads have written into the store, in order. */
export class Commits {
  private batches = 0
  private groups = 0
  private readonly queue: Flush[] = []
  private readonly appends = new Set<Promise<void>>()
  /** Of the last transaction. Milliseconds. */
  private took = 0

  /** `failure`: why nothing may be stored any more, or null; `more`: whether more blobs will follow. */
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

  /** How long the last row of a finished blob may wait for company while more is being read. Milliseconds. */
  get patience(): number {
    return Math.max(this.store.intake.patience, this.took * (this.threads / SHARE - 1))
  }

  /** True while threads may go on filling batches. */
  get mayStore(): boolean {
    return this.batches < WAITING_BATCHES && this.groups < WAITING_GROUPS
  }

  /** A thread was asked to write a batch, which `add` will bring. */
  expect(): void {
    this.batches++
  }

  add(flush: Flush): void {
    this.groups += flush.groups.length
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
    this.groups -= flushes.reduce((sum, { groups }) => sum + groups.length, 0)
    this.pool.wake()
  }
}
