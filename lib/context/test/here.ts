import { MessageChannel } from 'node:worker_threads'
import { serveReader } from '@/lib/context/thread/serve'
import type { ReaderThread } from '@/lib/context/thread/thread'

/** A reader of context files on the test's own thread. */
export function readHere(): ReaderThread {
  const { port1, port2 } = new MessageChannel()
  serveReader(port2)
  return {
    on(event: string, listener: (value: never) => void) {
      if (event === 'message') port1.on('message', listener as (value: unknown) => void)
    },
    postMessage: (message) => port1.postMessage(message),
    terminate: async () => port1.close(),
    unref: () => {},
  }
}
