import { availableParallelism } from 'node:os'
import { ENGINE_MEMORY } from '@/lib/store/duckdb/duckdb'

const MIB = 2 ** 20

/** Places that a large blob takes, because it holds some MB while it is read. A small blob mostly waits for its answer, so many are read at once. */
export const LARGE = 3

/** Resources for reading. */
export interface ReadingShares {
  /** Parse threads. */
  threads: number
  /** Heap of each parse thread. Bytes. */
  heap: number
  /** Places for blobs that are read in parallel: a small one takes one, a large one LARGE. */
  readers: number
  /** Bytes of all unfinished records together; beyond this only one may grow. */
  held: number
}

export interface Shares {
  reading: ReadingShares
  /** Memory in bytes, and threads, of the embedded engine. */
  engine: { memory: number; threads: number }
  /** Queries that may share the engine's memory at once. */
  queries: number
}

/** The most that each part gets. */
const MOST = { heap: 512 * MIB, engine: ENGINE_MEMORY, readers: 16 * LARGE, held: 64 * MIB }

/**
 * Divides `memory` (bytes) between the parts of the program; `queries` is the number for an engine with its maximum. From 2 GiB on, and half a GiB
 * for each core, every part has its maximum.
 */
export function sharesOf(memory: number, queries: number, cores = availableParallelism()): Shares {
  const threads = Math.max(1, Math.min(cores, Math.floor(memory / (512 * MIB))))
  const engine = Math.min(MOST.engine, memory / 4)
  return {
    reading: {
      threads,
      heap: Math.min(MOST.heap, memory / 4),
      readers: Math.max(2 * LARGE, Math.min(MOST.readers, LARGE * Math.floor(memory / (128 * MIB)))),
      held: Math.min(MOST.held, memory / 16),
    },
    engine: { memory: engine, threads },
    queries: Math.max(1, Math.floor((queries * engine) / MOST.engine)),
  }
}
