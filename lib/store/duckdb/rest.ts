import type { DuckDBConnection } from '@duckdb/node-api'

/** Idle time after which the engine releases its memory. Milliseconds. */
export const IDLE = 60_000
/** Memory limit that makes the engine evict every cached block. */
const LEAST = '1MiB'

/** The only setting that may change after the configuration is locked. */
export const CHANGING = 'memory_limit'

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
