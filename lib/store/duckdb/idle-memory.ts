import type { DuckDBConnection } from '@duckdb/node-api'
import type { Writer } from './tables/writer'

/** Idle time after which the engine releases its memory. Milliseconds. */
export const IDLE = 60_000
/** Memory limit that makes the engine evict every cached block. */
const LEAST = '1KiB'

/** The only setting that may change after the configuration is locked. */
export const CHANGING = 'memory_limit'

/** Calls `release` once the engine has been idle for `after` milliseconds, while nothing is written. */
export class IdleMemory {
  private timer: NodeJS.Timeout | null = null
  private releasing: Promise<void> = Promise.resolve()

  constructor(
    private readonly after: number,
    private readonly writer: Writer,
    private readonly isBusy: () => boolean,
    /** Must not reject. */
    private readonly release: () => Promise<void>,
  ) {}

  /** Begins the idle time anew. */
  used(): void {
    this.stop()
    this.timer = setTimeout(() => {
      this.timer = null
      if (this.isBusy()) return this.used()
      void this.writer.inTurn(async () => {
        if (this.isBusy()) return this.used()
        this.releasing = this.release()
        await this.releasing
      })
    }, this.after)
    this.timer.unref()
  }

  /** Resolves when no memory is being released. */
  async released(): Promise<void> {
    for (let seen: Promise<void> | null = null; seen !== this.releasing; ) {
      seen = this.releasing
      await seen
    }
  }

  stop(): void {
    if (this.timer) clearTimeout(this.timer)
  }
}

/**
 * Releases cached table blocks, and memory that the allocator kept after earlier queries, by lowering the memory limit for a moment. `memory` is the limit
 * to restore, in SQL's notation. No query may be running.
 */
export async function giveBack(writer: DuckDBConnection, memory: string): Promise<void> {
  try {
    await writer.run(`set ${CHANGING} = '${LEAST}'`)
  } catch {
    // The engine refuses a limit below what is in use, but only after it has evicted everything else.
  } finally {
    await writer.run(`set ${CHANGING} = '${memory}'`)
  }
}
