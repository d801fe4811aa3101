import { Problem } from '@/lib/flow/problem'
import type { Blob, BlobState } from '@/lib/flow/reading/blob'
import type { ParsePool } from '@/lib/ingest/threads/pool/pool'
import type { Reading } from '@/lib/source/model/source'
import type { Store } from '@/lib/store/store'
import { gathered } from './gathered'
import type { Heads } from './heads'
import { estimateHead, HEAD_STEP, mayGrow, type Need, SMALL } from './plan'
import type { BlobRun } from './run'

/** A version that has been read and parsed; `done` resolves when it is stored. */
export interface ParsedVersion {
  etag: string
  done: Promise<unknown>
}

/** Reads versions of blobs chunk by chunk from their sources into parse threads, from where an earlier reading stopped. */
export class Versions {
  /** `largest`: blobs of more bytes are refused. */
  constructor(
    private readonly store: Store,
    private readonly pool: () => ParsePool,
    private readonly heads: Heads,
    private readonly largest: number,
    private readonly now: () => number,
  ) {}

  /**
   * Reads the newest version as far as the run needs it.
   * @throws Problem `changed` if it changes during the read
   */
  async read(run: BlobRun): Promise<ParsedVersion> {
    const { signal } = run
    const { blob, until } = run.need
    const source = run.reader.sources.get(blob.source)
    if (!source) throw new Problem('source', `Source ${blob.source} is not configured`, { where: blob.source })
    const growing = mayGrow(blob, this.now())
    const known = this.store.blobs().get(blob.id)
    const unknown = until !== null && this.heads.end(run.need) === null
    const reading = await source.open(blob, { growing: growing || known?.mark != null || unknown, signal })
    if (Number.isFinite(reading.length) && reading.length > this.largest) throw this.tooLarge(blob, `${reading.length} bytes`)
    const base = known && (await continues(reading, known, signal)) ? known : null
    const length = Number.isFinite(reading.length) ? reading.length : blob.length
    const version = versionOf(blob, reading.etag, length)
    const from = base?.resume ?? 0
    const pool = this.pool()
    const first = Math.max(from, this.endOf(run.need, reading))
    let stream: AsyncIterable<Uint8Array<ArrayBuffer>> | null = null
    if (known === undefined && !growing && reading.length <= SMALL && first >= reading.length) {
      const found = await gathered(reading.read(0, Number.POSITIVE_INFINITY, signal), Math.min(SMALL, this.largest))
      if ('whole' in found) return this.take(run, { origin: originOf(blob, 0), version }, found.whole)
      stream = found.stream
    }
    const session = pool.open(originOf(blob, from), version, base, known !== undefined && base === null)
    let complete = false
    try {
      run.bytes = from
      run.tuples = base?.tuples ?? 0
      for (let end = first; ; end = Math.min(reading.length, end + HEAD_STEP)) {
        for await (const chunk of stream ?? reading.read(run.bytes, end, signal)) {
          run.bytes += chunk.length
          if (run.bytes > this.largest) throw this.tooLarge(blob, `more than ${this.largest} bytes unpacked`)
          await pool.push(session, chunk)
          run.tuples = (base?.tuples ?? 0) + session.state.tuples
        }
        stream = null
        complete = end >= reading.length
        const { through } = await pool.drained(session)
        if (complete || (until !== null && through !== null && through >= until)) break
      }
      const { resume } = await pool.drained(session)
      const mark = growing ? await reading.mark(resume, signal) : null
      return { etag: reading.etag, done: pool.end(session, { complete, mark }) }
    } catch (error) {
      if (!pool.failed && session.outcome === null) await pool.end(session, { complete: false, mark: null })
      throw error
    }
  }

  /** Stores a small blob, whose bytes are one message to a parse thread. */
  private async take(run: BlobRun, start: ReturnType<typeof startOf>, bytes: Uint8Array<ArrayBuffer>): Promise<ParsedVersion> {
    const { length } = bytes
    const { session, tuples } = await this.pool().take(start, bytes)
    run.bytes = length
    run.tuples = tuples
    return { etag: start.version.etag, done: session.committed }
  }

  private tooLarge({ name }: Blob, size: string): Problem {
    return new Problem('source', `${name} is not read: it has ${size}, and FLOWLENS_LIMIT_BLOB allows ${this.largest}`)
  }

  /** End of the first reading of a need; if a head's end is unknown, reading continues from there. */
  private endOf(need: Need, reading: Reading): number {
    const { blob, until } = need
    if (until === null || reading.length === Number.POSITIVE_INFINITY) return Number.POSITIVE_INFINITY
    const known = reading.etag === blob.etag ? this.heads.end(need) : null
    return Math.min(reading.length, known ?? this.heads.learn(need, reading) ?? estimateHead(blob, until, reading.length))
  }
}

async function continues(reading: Reading, known: BlobState, signal: AbortSignal): Promise<boolean> {
  if (known.etag === reading.etag) return true
  if (known.mark === null || known.resume > reading.length) return false
  return reading.continues(known.mark, known.resume, signal)
}

/** Returns origin and state for reading a blob from its beginning. */
export function startOf(blob: Blob) {
  return { origin: originOf(blob, 0), version: versionOf(blob, blob.etag, blob.length) }
}

/** Returns the origin of a blob's bytes from `offset` on. */
function originOf({ id, source, scope, hour, mac }: Blob, offset: number) {
  return { blob: id, source, scope, hour, mac, offset }
}

/** Returns the state of a version that has not been read. */
function versionOf(blob: Blob, etag: string, length: number): BlobState {
  const { id, source, container, name, modified, scope, hour, mac } = blob
  const nothing = { log: null, resume: 0, complete: false, through: null, first: null, last: null, tuples: 0, records: 0, mark: null }
  return { id, source, container, name, modified, scope, hour, mac, etag, length, ...nothing }
}
