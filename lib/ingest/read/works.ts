import { ParsePool } from '@/lib/ingest/threads/pool/pool'
import { type ReadingShares, sharesOf } from '@/lib/ingest/threads/pool/shares'
import { type ParseThread, startThread } from '@/lib/ingest/threads/worker/thread'
import type { Store } from '@/lib/store/store'
import { Conveyor } from './conveyor'
import { KnownBlobs } from './known'
import { RejectionsByBlob } from './rejections'
import { KEPT, Retention } from './retention'

/** Missing shares have their values for ample memory. */
export interface WorksOptions extends Partial<ReadingShares> {
  start?: (heap: number) => ParseThread
  now?: () => number
  /** Largest blob to be read. Bytes. */
  largest?: number
  /** Maximum number of bytes that the store may take. */
  limit?: number
  warn?: (message: string) => void
}

/** The parts that all roads to one store share: each blob is read, parsed and stored once for all requests. */
export class Works {
  readonly conveyor: Conveyor
  readonly rejections: RejectionsByBlob
  readonly known: KnownBlobs
  readonly retention: Retention
  private trimming: NodeJS.Timeout | null = null
  private pool: ParsePool | null = null
  private closed = false
  private readonly shares: ReadingShares

  constructor(
    readonly store: Store,
    readonly options: WorksOptions,
  ) {
    this.shares = { ...sharesOf(Number.POSITIVE_INFINITY, 1).reading, ...options }
    this.conveyor = new Conveyor(store, () => this.parsers(), { ...options, readers: this.shares.readers })
    this.rejections = new RejectionsByBlob(store)
    this.known = new KnownBlobs(store)
    this.retention = new Retention(store, options.limit ?? Number.POSITIVE_INFINITY, options.now)
  }

  /** Warms up the parse threads. */
  warmUp(): void {
    this.parsers().warmUp()
  }

  private parsers(): ParsePool {
    if (this.pool === null || (this.pool.failed && !this.closed)) {
      const { start = startThread } = this.options
      void this.pool?.close()
      this.pool = new ParsePool(this.store, this.shares, start, () => this.conveyor.hasMore())
    }
    return this.pool
  }

  /** Limits the store to its size, and tries again later if current requests prevent it. */
  async trim(): Promise<void> {
    const { limit, warn } = this.options
    if (limit === undefined || this.closed) return
    try {
      if (!(await this.retention.trim()) || this.closed) return
      this.trimming ??= setTimeout(() => {
        this.trimming = null
        void this.trim()
      }, KEPT)
      this.trimming.unref()
    } catch (error) {
      if (!this.closed) warn?.(`Store could not be held to its size: ${error instanceof Error ? error.message : String(error)}`)
    }
  }

  async close(): Promise<void> {
    this.closed = true
    if (this.trimming) clearTimeout(this.trimming)
    await this.pool?.close()
    await this.store.close()
  }
}
