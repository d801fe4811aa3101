import { availableParallelism } from 'node:os'
import { ENGINE_MEMORY } from '@/lib/store/duckdb'

const MIB = 2 ** 20

/** What reading may take of the memory. */
export interface ReadingShares {
  /** Parse threads. */
  threads: number
  /** Bytes of each one's heap. */
  heap: number
  /** Blobs read side by side. */
  readers: number
  /** Bytes of records that have begun and not ended, of all blobs together: beyond this only one may grow. */
  held: number
}

export interface Shares {
  reading: ReadingShares
  /** Of the embedded engine: bytes, and threads. */
  engine: { memory: number; threads: number }
  /** Questions that may share the engine's memory at once. */
  queries: number
}

/** The most that anything takes, however much there is. */
const MOST = { heap: 512 * MIB, engine: ENGINE_MEMORY, readers: 16, held: 64 * MIB }

/** How the parts of the program share `memory` (bytes); `queries` is meant for an engine with all that it may ever take. From 2 GiB on, and half a GiB for each core, there is enough for everything. */
export function sharesOf(memory: number, queries: number, cores = availableParallelism()): Shares {
  const threads = Math.max(1, Math.min(cores, Math.floor(memory / (512 * MIB))))
  const engine = Math.min(MOST.engine, memory / 4)
  return {
    reading: {
      threads,
      heap: Math.min(MOST.heap, memory / 4),
      readers: Math.max(2, Math.min(MOST.readers, Math.floor(memory / (128 * MIB)))),
      held: Math.min(MOST.held, memory / 16),
    },
    engine: { memory: engine, threads },
    queries: Math.max(1, Math.floor((queries * engine) / MOST.engine)),
  }
}
