import path from 'node:path'
import { Worker } from 'node:worker_threads'
import type { ParseThread } from '@/lib/ingest/thread'

const WORKER = path.resolve('lib/ingest/worker.ts')

/** The parse thread of a program that no bundler has seen: it compiles its modules as the program itself does. */
export function startParseThread(): ParseThread {
  const code = `require('tsx/cjs/api').register(); require(${JSON.stringify(WORKER)})`
  return new Worker(code, { eval: true, resourceLimits: { maxOldGenerationSizeMb: 512 } })
}
