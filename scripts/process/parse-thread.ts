import path from 'node:path'
import { Worker } from 'node:worker_threads'
import type { ParseThread } from '@/lib/ingest/threads/worker/thread'

const WORKER = path.resolve('lib/ingest/threads/worker/worker.ts')

/** Starts a parse thread for an unbundled program: it compiles its modules like the program itself. */
export function startParseThread(): ParseThread {
  const code = `require('tsx/cjs/api').register(); require(${JSON.stringify(WORKER)})`
  return new Worker(code, { eval: true, resourceLimits: { maxOldGenerationSizeMb: 512 } })
}
