import { Worker } from 'node:worker_threads'
import type { FromReader, ToReader } from './messages'

/** A thread that reads context files, as seen from the server. */
export interface ReaderThread {
  on(event: 'message', listener: (message: FromReader) => void): unknown
  on(event: 'error', listener: (error: Error) => void): unknown
  on(event: 'exit', listener: (code: number) => void): unknown
  postMessage(message: ToReader): void
  terminate(): Promise<unknown>
  unref(): void
}

/** Heap of the thread, limited because its files are not trusted. MiB. */
const READER_HEAP = 2048

/** Runs `worker.ts` on its own thread. */
export function startReader(): ReaderThread {
  return new Worker(new URL('./worker.ts', import.meta.url), { resourceLimits: { maxOldGenerationSizeMb: READER_HEAP } })
}
