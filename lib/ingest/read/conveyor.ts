import { setMaxListeners } from 'node:events'
import { Problem } from '@/lib/flow/problem'
import type { Blob } from '@/lib/flow/reading/blob'
import type { ParsePool } from '@/lib/ingest/threads/pool/pool'
import { LARGE } from '@/lib/ingest/threads/pool/shares'
import type { FileVersion } from '@/lib/source/model/source'
import { onAbort } from '@/lib/source/wait/on-abort'
import type { Store } from '@/lib/store/store'
import { Asking } from './asking'
import { Heads } from './heads'
import { Line } from './line'
import { bytesHere, bytesOf, isMet, mayGrow, type Need, SMALL, WHOLE } from './plan'
import type { Reader } from './reader'
import { BlobRun } from './run'
import { SetAside } from './set-aside'
import { type ParsedVersion, startOf, Versions } from './version'

/** Number of times that a blob is opened again when it changes while it is read. */
const REOPENS = 5
/** A failed blob is not requested again before this time has passed. Milliseconds. */
const RETRY_AFTER = 5000
/** Maximum number of files and bytes of a parse thread's batch. */
const BATCH = 256
const BATCH_BYTES = 4 * 1024 * 1024

/**
 * Reads, parses and stores what is missing: one reader for each blob, however many requests need it, in the order of `Line`. A reading stops when no
 * request waits for it; what it has stored remains.
 */
export class Conveyor {
  private readonly runs = new Map<number, BlobRun>()
  private readonly waiting = new Line<BlobRun>()
  private readonly now: () => number
  private readonly readers: number
  private readonly largest: number
  private readonly versions: Versions
  private scheduled = false
  /** Places taken, of `readers`. */
  private active = 0
  /** Batches of files that parse threads hold. */
  private batches = 0
  private asked = 0
  private readonly heads = new Heads()
  private readonly setAside: SetAside
  /** For each blob: the version in a listing, and the newer version that was read instead. */
  private readonly overtaken = new Map<number, { listed: string; read: string }>()

  constructor(
    private readonly store: Store,
    private readonly pool: () => ParsePool,
    {
      now = Date.now,
      largest = Number.POSITIVE_INFINITY,
      readers,
      warn,
    }: { now?: () => number; largest?: number; readers: number; warn?: (message: string) => void },
  ) {
    this.now = now
    this.setAside = new SetAside(warn)
    this.readers = readers
    this.largest = largest
    this.versions = new Versions(store, pool, this.heads, largest, now)
  }

  isMet(need: Need): boolean {
    const overtaken = this.overtaken.get(need.blob.id)
    const etag = overtaken?.listed === need.blob.etag ? overtaken.read : need.blob.etag
    return isMet(need, this.store.blobs().get(need.blob.id), etag)
  }

  /** Bytes read and tuples parsed of a blob that is being read. */
  underway(blob: number): { bytes: number; tuples: number } | null {
    const run = this.runs.get(blob)
    return run === undefined || run.phase === 'waiting' ? null : run
  }

  /** Makes `sizeOf` exact for these needs, if the sources know the blocks. */
  measure(needs: readonly Need[], { sources }: Reader, signal: AbortSignal): Promise<void> {
    const missing = needs.filter((need) => !this.isMet(need))
    return this.heads.ask(missing, sources, signal)
  }

  /** Bytes that a need covers, and how many of them are stored; see `bytesOf`. */
  sizeOf(need: Need): { bytes: number; here: number } {
    const state = this.store.blobs().get(need.blob.id)
    const met = this.isMet(need)
    const bytes = bytesOf(need, state, met, this.heads.end(need))
    return { bytes, here: met ? bytes : Math.min(bytes, Math.max(bytesHere(need, state), this.underway(need.blob.id)?.bytes ?? 0)) }
  }

  /**
   * Resolves when every need has been met or has failed; see `Reader.failure`. Rejects when the signal aborts, the store fails, or the person has to
   * sign in.
   */
  async fetch(needs: readonly Need[], reader: Reader, signal: AbortSignal): Promise<void> {
    // Many listeners wait on the signal of a request.
    setMaxListeners(0, signal)
    if (signal.aborted) throw cancelled()
    const missing = needs.filter((need) => !this.isMet(need) && !this.failedJustNow(need.blob, reader))
    if (missing.length === 0) return
    const asking = new Asking(this.asked++, reader, (need) => this.join(need, reader))
    for (const { bytes, here } of missing.map((need) => this.sizeOf(need))) asking.bytes += bytes - here
    asking.begin(missing)
    const release = onAbort(signal, () => this.leave(asking))
    const failure = await asking.over.finally(release)
    if (signal.aborted) throw cancelled()
    if (failure !== null) throw failure.error
    for (const { blob } of missing) {
      const failed = reader.failure(blob.id)
      if (failed?.kind === 'signin') throw failed
    }
  }

  private failedJustNow(blob: Blob, reader: Reader): boolean {
    const aside = this.setAside.problemOf(blob)
    if (aside !== null) reader.failed.set(blob.id, { problem: aside, at: this.now() })
    const failed = reader.failed.get(blob.id)
    return failed !== undefined && failed.problem.kind !== 'signin' && this.now() - failed.at < RETRY_AFTER
  }

  /** Returns the run that reads a blob now or next. Call when a request starts or stops waiting, which may change the run's place in the queue. */
  private join(need: Need, reader: Reader): BlobRun {
    const run = this.runs.get(need.blob.id) ?? this.enqueue(new BlobRun(need, reader))
    if (run.phase === 'waiting') this.waiting.reorder()
    return run
  }

  private leave(asking: Asking): void {
    for (const run of asking.giveUp()) if (run.asks.size === 0) this.drop(run)
    this.waiting.reorder()
  }

  private drop(run: BlobRun): void {
    run.stop()
    if (run.phase !== 'waiting') return
    run.phase = 'over'
    this.runs.delete(run.need.blob.id)
  }

  private enqueue(run: BlobRun): BlobRun {
    this.runs.set(run.need.blob.id, run)
    this.waiting.push(run)
    if (!this.scheduled) queueMicrotask(() => this.next())
    this.scheduled = true
    return run
  }

  /** Starts waiting readings while readers are free. */
  private next(): void {
    this.scheduled = false
    while (this.active < this.readers) {
      const run = this.waiting.peek()
      if (run === undefined) return
      const file = run.phase === 'waiting' ? this.fileOf(run) : null
      if (file !== null) {
        if (this.batches >= this.pool().fileBatches) return
        void this.readFiles(this.takeFiles())
        continue
      }
      if (this.active > 0 && this.active + this.placesOf(run) > this.readers) return
      this.waiting.pop()
      if (run.phase !== 'waiting') continue
      run.phase = 'reading'
      this.active += this.placesOf(run)
      void this.conclude(run, this.parse(run))
    }
  }

  /** Returns the file of a blob that a parse thread may read by itself, or null: the file must be small, unknown so far, and no longer growing. */
  private fileOf({ need: { blob, until }, reader, isOdd, isSuspect }: BlobRun): FileVersion | null {
    if (isOdd || isSuspect || blob.length > Math.min(this.largest, until === null ? WHOLE : SMALL)) return null
    if (mayGrow(blob, this.now()) || this.store.blobs().has(blob.id)) return null
    return reader.sources.get(blob.source)?.file?.(blob) ?? null
  }

  /** Takes the next files from the queue, as many as one thread should have at once. */
  private takeFiles(): { run: BlobRun; file: FileVersion }[] {
    const most = Math.min(BATCH, Math.ceil(this.waiting.length / this.pool().fileBatches))
    const taken: { run: BlobRun; file: FileVersion }[] = []
    for (let bytes = 0; taken.length < most && bytes < BATCH_BYTES; ) {
      const run = this.waiting.peek()
      const file = run?.phase === 'waiting' ? this.fileOf(run) : null
      if (run === undefined || file === null) break
      this.waiting.pop()
      run.phase = 'reading'
      bytes += file.length
      taken.push({ run, file })
    }
    return taken
  }

  private async readFiles(taken: readonly { run: BlobRun; file: FileVersion }[]): Promise<void> {
    this.active += LARGE
    this.batches++
    const reading = this.pool().readFiles(taken.map(({ run, file }) => ({ ...startOf(run.need.blob), file })))
    const results = await reading.catch((error: unknown) => taken.map(() => ({ error })))
    this.active -= LARGE
    this.batches--
    for (const [i, { run, file }] of taken.entries()) {
      const result = results[i]!
      if (result === null) {
        run.isOdd = true
        this.readAgain(run)
      } else {
        run.phase = 'storing'
        if ('session' in result) [run.bytes, run.tuples] = [file.length, result.tuples]
        const done = 'session' in result ? result.session.committed : Promise.reject(result.error)
        void this.conclude(run, Promise.resolve({ etag: file.etag, done }))
      }
    }
    this.next()
    if (!this.hasMore()) this.pool().hurry()
  }

  private readAgain(run: BlobRun): void {
    run.phase = 'waiting'
    if (run.asks.size === 0) this.drop(run)
    else this.waiting.push(run)
  }

  private async conclude(run: BlobRun, parsing: Promise<ParsedVersion>): Promise<void> {
    const { blob } = run.need
    let error: unknown = null
    try {
      const parsed = await parsing
      if (parsed.etag !== blob.etag) this.overtaken.set(blob.id, { listed: blob.etag, read: parsed.etag })
      if (!run.isSuspect) this.release(run)
      await parsed.done
      run.reader.failed.delete(blob.id)
    } catch (cause) {
      this.release(run)
      if (this.setAside.readsAgain(run, cause)) {
        this.readAgain(run)
        this.next()
        return
      }
      const problem = this.problemOf(run, cause)
      if (run.stopped || isOfStore(problem)) error = problem
      else {
        run.reader.failed.set(blob.id, { problem, at: this.now() })
        run.failed = true
      }
    }
    this.release(run)
    this.runs.delete(blob.id)
    run.end(error)
  }

  private problemOf(run: BlobRun, cause: unknown): Problem {
    const problem = this.setAside.judge(run, cause)
    if (problem !== null) return problem
    return cause instanceof Problem ? cause : new Problem('source', `${run.need.blob.name} could not be read`, { cause })
  }

  /** True while blobs are waiting to be read, or are being read. */
  hasMore(): boolean {
    return this.active > 0 || this.waiting.length > 0
  }

  private placesOf({ need: { blob }, isSuspect }: BlobRun): number {
    if (isSuspect) return this.readers
    return blob.length <= WHOLE ? 1 : LARGE
  }

  /** Frees the reader for the next blob, because storing does not need it. */
  private release(run: BlobRun): void {
    if (run.phase !== 'reading') return
    run.phase = 'storing'
    this.active -= this.placesOf(run)
    this.next()
    if (!this.hasMore()) this.pool().hurry()
  }

  /** Reads the newest version, again if it changes during the read. A blob that is gone from its source is forgotten. */
  private async parse(run: BlobRun): Promise<ParsedVersion> {
    const { blob } = run.need
    for (let tries = 1; ; tries++) {
      try {
        return await this.versions.read(run)
      } catch (error) {
        const changed = error instanceof Problem && error.kind === 'changed'
        const absent = error instanceof Problem && error.kind === 'absent'
        if (absent && this.store.blobs().has(blob.id)) await this.forget(blob)
        if (!changed || tries >= REOPENS) throw error
      }
    }
  }

  private forget({ id }: Blob): Promise<void> {
    return this.store.append({ parts: [], blobs: [], forget: [id], pieces: [], groups: [], rejections: [] })
  }
}

/** True if rows could not be stored, temporarily or permanently, which says nothing about their blob. */
function isOfStore({ kind }: Problem): boolean {
  return kind === 'store' || kind === 'busy'
}

function cancelled(): Problem {
  return new Problem('cancelled', 'Reading was cancelled')
}
