import { setMaxListeners } from 'node:events'
import type { Blob, BlobState } from '@/lib/flow/blob'
import { Problem } from '@/lib/flow/problem'
import type { Reading } from '@/lib/source/source'
import type { Store } from '@/lib/store/store'
import { Heads } from './heads'
import { type Ask, Line } from './line'
import { bytesHere, bytesOf, estimateHead, HEAD_STEP, isMet, mayGrow, type Need } from './plan'
import type { ParsePool } from './pool'
import type { Reader } from './reader'

/** A blob that changes under the reader is opened anew this often. */
const REOPENS = 5
/** A blob that failed is not asked for again before this has passed. Milliseconds. */
const RETRY_AFTER = 5000

interface Run {
  need: Need
  reader: Reader
  failed: boolean
  hour: number | null
  /** Who waits for it. */
  asks: Set<Ask>
  /** Bytes handed to the parser so far, and tuples it found. */
  bytes: number
  tuples: number
  phase: 'waiting' | 'reading' | 'storing' | 'over'
  abort: AbortController
  done: Promise<void>
  start: () => void
}

/**
 * Reads what is missing, parses and stores it: each blob by one reader at a time, however many ask for it, in the order of `Line`. A reading that
 * nobody waits for any more stops; what it has stored stays.
 */
export class Conveyor {
  private readonly runs = new Map<number, Run>()
  private readonly waiting = new Line<Run>()
  private readonly now: () => number
  private readonly largest: number
  private readonly readers: number
  private scheduled = false
  private active = 0
  private asked = 0
  private readonly heads = new Heads()
  /** Version that a listing named → the newer one that was read instead, by blob. */
  private readonly overtaken = new Map<number, { listed: string; read: string }>()

  constructor(
    private readonly store: Store,
    private readonly pool: () => ParsePool,
    { now = Date.now, largest = Number.POSITIVE_INFINITY, readers }: { now?: () => number; largest?: number; readers: number },
  ) {
    this.now = now
    this.largest = largest
    this.readers = readers
  }

  isMet(need: Need): boolean {
    const overtaken = this.overtaken.get(need.blob.id)
    const etag = overtaken?.listed === need.blob.etag ? overtaken.read : need.blob.etag
    return isMet(need, this.store.blobs().get(need.blob.id), etag)
  }

  /** Bytes read and tuples parsed for a blob that is being read just now. */
  underway(blob: number): { bytes: number; tuples: number } | null {
    const run = this.runs.get(blob)
    return run === undefined || run.phase === 'waiting' ? null : run
  }

  /** Makes `sizeOf` exact for these needs, as far as sources know where heads end. */
  measure(needs: readonly Need[], { sources }: Reader, signal: AbortSignal): Promise<void> {
    const missing = needs.filter((need) => !this.isMet(need))
    return this.heads.ask(missing, sources, signal)
  }

  /** Bytes that a need is about, and how many of them are here; see `bytesOf`. */
  sizeOf(need: Need): { bytes: number; here: number } {
    const state = this.store.blobs().get(need.blob.id)
    const met = this.isMet(need)
    const bytes = bytesOf(need, state, met, this.heads.end(need))
    return { bytes, here: met ? bytes : Math.min(bytes, Math.max(bytesHere(need, state), this.underway(need.blob.id)?.bytes ?? 0)) }
  }

  /** Resolves when every need has been met or has failed; see `Reader.failure`. Rejects when the signal aborts, the store fails, or the reader has to sign in. */
  async fetch(needs: readonly Need[], reader: Reader, signal: AbortSignal): Promise<void> {
    // Each blob that is waited for listens to the one signal.
    setMaxListeners(0, signal)
    const missing = needs.filter((need) => !this.isMet(need) && !this.failedJustNow(need.blob.id, reader))
    const ask: Ask = { bytes: 0, number: this.asked++ }
    for (const { bytes, here } of missing.map((need) => this.sizeOf(need))) ask.bytes += bytes - here
    const settled = await Promise.allSettled(missing.map((need) => this.one(need, ask, reader, signal)))
    if (signal.aborted) throw new Problem('cancelled', 'Reading was cancelled')
    for (const result of settled) {
      if (result.status === 'rejected') throw result.reason
    }
    for (const { blob } of missing) {
      const failure = reader.failure(blob.id)
      if (failure?.kind === 'signin') throw failure
    }
  }

  private failedJustNow(blob: number, reader: Reader): boolean {
    const failed = reader.failed.get(blob)
    return failed !== undefined && failed.problem.kind !== 'signin' && this.now() - failed.at < RETRY_AFTER
  }

  private async one(need: Need, ask: Ask, reader: Reader, signal: AbortSignal): Promise<void> {
    for (;;) {
      const run = this.runs.get(need.blob.id) ?? this.enqueue(need, reader)
      try {
        await this.wait(run, ask, signal)
      } catch (error) {
        if (run.abort.signal.aborted && !signal.aborted) continue
        throw error
      }
      if (run.failed && run.reader !== reader) continue
      if (covers(run.need, need) || run.failed) return
    }
  }

  private async wait(run: Run, ask: Ask, signal: AbortSignal): Promise<void> {
    run.asks.add(ask)
    if (run.phase === 'waiting') this.waiting.reorder()
    let leave!: () => void
    const left = new Promise<void>((resolve) => {
      leave = resolve
    })
    signal.addEventListener('abort', leave)
    try {
      if (signal.aborted) throw new Problem('cancelled', 'Reading was cancelled')
      await Promise.race([run.done, left])
      if (signal.aborted) throw new Problem('cancelled', 'Reading was cancelled')
    } finally {
      signal.removeEventListener('abort', leave)
      run.asks.delete(ask)
      if (run.phase === 'waiting') this.waiting.reorder()
      if (run.asks.size === 0 && run.phase !== 'over') this.drop(run)
    }
  }

  private drop(run: Run): void {
    run.abort.abort()
    if (run.phase !== 'waiting') return
    run.phase = 'over'
    this.runs.delete(run.need.blob.id)
  }

  private enqueue(need: Need, reader: Reader): Run {
    let start!: () => void
    const gate = new Promise<void>((resolve) => {
      start = resolve
    })
    const run: Run = {
      need,
      reader,
      failed: false,
      hour: need.blob.hour,
      asks: new Set(),
      bytes: 0,
      tuples: 0,
      phase: 'waiting',
      abort: new AbortController(),
      done: Promise.resolve(),
      start,
    }
    run.done = gate.then(() => this.perform(run))
    run.done.catch(() => {})
    this.runs.set(need.blob.id, run)
    this.waiting.push(run)
    if (!this.scheduled) queueMicrotask(() => this.next())
    this.scheduled = true
    return run
  }

  /** Starts the first of the waiting readings while there are readers free. */
  private next(): void {
    this.scheduled = false
    while (this.active < this.readers) {
      const run = this.waiting.pop()
      if (run === undefined) return
      if (run.phase !== 'waiting') continue
      run.phase = 'reading'
      this.active++
      run.start()
    }
  }

  private async perform(run: Run): Promise<void> {
    const { blob } = run.need
    try {
      await this.readBlob(run)
      run.reader.failed.delete(blob.id)
    } catch (error) {
      const problem = error instanceof Problem ? error : new Problem('source', `${blob.name} could not be read`, { cause: error })
      if (run.abort.signal.aborted || problem.kind === 'store') throw problem
      run.reader.failed.set(blob.id, { problem, at: this.now() })
      run.failed = true
    } finally {
      this.release(run)
      run.phase = 'over'
      this.runs.delete(blob.id)
    }
  }

  /** Blobs are waiting to be read, or being read. */
  hasMore(): boolean {
    return this.active > 0 || this.waiting.length > 0
  }

  /** Gives the reader's place to the next blob: storing does not need it. */
  private release(run: Run): void {
    if (run.phase !== 'reading') return
    run.phase = 'storing'
    this.active--
    this.next()
    if (!this.hasMore()) this.pool().hurry()
  }

  private async readBlob(run: Run): Promise<void> {
    const { blob } = run.need
    for (let tries = 1; ; tries++) {
      try {
        const committed = await this.readVersion(run)
        this.release(run)
        await committed.done
        return
      } catch (error) {
        const changed = error instanceof Problem && error.kind === 'changed'
        const absent = error instanceof Problem && error.kind === 'absent'
        if (absent && this.store.blobs().has(blob.id))
          await this.store.append({ parts: [], blobs: [], forget: [blob.id], pieces: [], groups: [], rejections: [] })
        if (!changed || tries >= REOPENS) throw error
      }
    }
  }

  /** Resolves when the version has been read and parsed; `done` when it is stored. */
  private async readVersion(run: Run): Promise<{ done: Promise<unknown> }> {
    const { blob, until } = run.need
    const { signal } = run.abort
    const source = run.reader.sources.get(blob.source)
    if (!source) throw new Problem('source', `Source ${blob.source} is not configured`, { where: blob.source })
    const growing = mayGrow(blob, this.now())
    const known = this.store.blobs().get(blob.id)
    const unknown = until !== null && this.heads.end(run.need) === null
    const reading = await source.open(blob, { growing: growing || known?.mark != null || unknown, signal })
    if (reading.length > this.largest)
      throw new Problem(
        'source',
        `${blob.name} is not read: it has ${reading.length} bytes, and FLOWLENS_LIMIT_BLOB allows ${this.largest}`,
      )
    const base = known && (await this.continues(reading, known, signal)) ? known : null
    const version = versionOf(blob, reading)
    const from = base?.resume ?? 0
    const origin = { blob: blob.id, source: blob.source, scope: blob.scope, hour: blob.hour, mac: blob.mac, offset: from }
    const pool = this.pool()
    const session = pool.open(origin, version, base, known !== undefined && base === null)
    let complete = false
    try {
      run.bytes = from
      run.tuples = base?.tuples ?? 0
      for (let end = Math.max(from, this.endOf(run.need, reading)); ; end = Math.min(reading.length, end + HEAD_STEP)) {
        for await (const chunk of reading.read(run.bytes, end, signal)) {
          run.bytes += chunk.length
          await pool.push(session, chunk)
          run.tuples = (base?.tuples ?? 0) + session.state.tuples
        }
        complete = end === reading.length
        const { through } = await pool.drained(session)
        if (complete || (until !== null && through !== null && through >= until)) break
      }
      const { resume } = await pool.drained(session)
      const mark = growing ? await reading.mark(resume, signal) : null
      const done = pool.end(session, { complete, mark })
      if (reading.etag !== blob.etag) this.overtaken.set(blob.id, { listed: blob.etag, read: reading.etag })
      return { done }
    } catch (error) {
      if (!pool.failed && session.outcome === null) await pool.end(session, { complete: false, mark: null })
      throw error
    }
  }

  /** Where the reading of a need ends at first: a head that has no end yet is read on from there. */
  private endOf(need: Need, reading: Reading): number {
    const { blob, until } = need
    if (until === null) return reading.length
    const known = reading.etag === blob.etag ? this.heads.end(need) : null
    return Math.min(reading.length, known ?? this.heads.learn(need, reading) ?? estimateHead(blob, until, reading.length))
  }

  private async continues(reading: Reading, known: BlobState, signal: AbortSignal): Promise<boolean> {
    if (known.etag === reading.etag) return true
    if (known.mark === null || known.resume > reading.length) return false
    return reading.continues(known.mark, known.resume, signal)
  }
}

function covers(done: Need, need: Need): boolean {
  return done.until === null || (need.until !== null && done.until >= need.until)
}

function versionOf(blob: Blob, reading: Reading): BlobState {
  const { id, source, container, name, modified, scope, hour, mac } = blob
  const nothing = { log: null, resume: 0, complete: false, through: null, first: null, last: null, tuples: 0, records: 0, mark: null }
  return { id, source, container, name, modified, scope, hour, mac, etag: reading.etag, length: reading.length, ...nothing }
}
