import { MessageChannel } from 'node:worker_threads'
import type { FromParser, Port, ToParser } from '@/lib/ingest/threads/messages'
import { serveParser } from '@/lib/ingest/threads/worker/serve'
import type { ParseThread } from '@/lib/ingest/threads/worker/thread'

/** A parse thread that runs in the current thread, with real message ports. */
export function startHere(): ParseThread {
  const { port1, port2 } = new MessageChannel()
  serveParser(port2 as unknown as Port<ToParser, FromParser>)
  const thread = port1 as unknown as ParseThread & { close(): void }
  return Object.assign(thread, {
    terminate: async () => {
      port1.close()
      port2.close()
    },
    unref: () => {},
  })
}
