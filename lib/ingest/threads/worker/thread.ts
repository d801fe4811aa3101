import { Worker } from 'node:worker_threads'
import type { FromParser, Port, ToParser } from '../messages'

/** A parse thread as seen from the server. */
export interface ParseThread extends Port<FromParser, ToParser> {
  on(event: 'message', listener: (message: FromParser) => void): unknown
  on(event: 'error', listener: (error: Error) => void): unknown
  terminate(): Promise<unknown>
  unref(): void
}

/** Runs `worker.ts` on its own thread with a bounded heap (bytes), because its input is not trusted. */
export function startThread(heap: number): ParseThread {
  return new Worker(new URL('./worker.ts', import.meta.url), { resourceLimits: { maxOldGenerationSizeMb: heap / 2 ** 20 } })
}
