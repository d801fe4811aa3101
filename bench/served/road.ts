import { Worker } from 'node:worker_threads'
import { Road } from '@/lib/ingest/road/road'
import type { ParseThread } from '@/lib/ingest/threads/worker/thread'
import type { Source } from '@/lib/source/model/source'
import { openDuckdb } from '@/lib/store/duckdb/duckdb'
import type { Store } from '@/lib/store/store'

/** The parse thread as the server starts it, from our own bundle. */
export function startBundled(): ParseThread {
  return new Worker(new URL('./worker.mjs', import.meta.url), { resourceLimits: { maxOldGenerationSizeMb: 512 } })
}

/** The road in this process, over one source. */
export async function openRoad(dataDir: string, source: Source, start: () => ParseThread = startBundled): Promise<Road> {
  const warn = (message: string) => {
    throw new Error(message)
  }
  return roadOver(await openDuckdb(dataDir, warn), source, start)
}

export function roadOver(store: Store, source: Source, start: () => ParseThread = startBundled): Road {
  return new Road(store, [source], { start })
}
