import path from 'node:path'
import { Worker } from 'node:worker_threads'
import type { ReaderThread } from '@/lib/context/thread/thread'

const WORKER = path.resolve('lib/context/thread/worker.ts')

/** Starts a thread that reads context files, for an unbundled program: it compiles its modules like the program itself. */
export function startContextThread(): ReaderThread {
  const code = `require('tsx/cjs/api').register(); require(${JSON.stringify(WORKER)})`
  return new Worker(code, { eval: true, resourceLimits: { maxOldGenerationSizeMb: 2048 } })
}
