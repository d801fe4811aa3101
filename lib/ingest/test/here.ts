import { MessageChannel } from 'node:worker_threads'
import type { FromParser, Port, ToParser } from '../messages'
import { serveParser } from '../serve'
import type { ParseThread } from '../thread'

/** A parse thread that runs in this one, behind real message ports. */
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
