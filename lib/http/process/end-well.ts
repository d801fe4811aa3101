import 'server-only'
import { log } from '@/lib/http/report/log'
import { closeDoor, countUnderway, cutShort, untilOver } from '@/lib/http/server/limits/underway'
import { opened } from '@/lib/http/server/server'
import { hangUp } from './connections'

/** Time after the signal until running answers are ended, and then until the process exits in any case. Milliseconds. */
const PATIENCE = 10_000
const LAST = 25_000
/** Time for an ended answer to send its error. Milliseconds. */
const FAREWELL = 5_000
/** Time for clients to read the end of their answer once Next.js is closing. Milliseconds. */
const LAST_WORDS = 1_000

const SIGNALS = ['SIGTERM', 'SIGINT'] as const

type Listener = (signal: NodeJS.Signals) => void

async function close(): Promise<void> {
  closeDoor()
  log().info({ underway: countUnderway() }, 'shutting down: no new requests')
  if (!(await untilOver(PATIENCE))) {
    log().warn({ underway: countUnderway() }, 'shutting down: ending running requests')
    cutShort()
    await untilOver(FAREWELL)
  }
  await (await opened())?.road.close()
}

/**
 * Ends the process within 25 s of SIGTERM or SIGINT. New requests are refused and the server is not ready; running requests have ten seconds to
 * finish and are then ended; then parse threads and store are closed. Next.js, whose own listeners would wait for none of this, then closes its
 * connections and exits. Connections that remain a second later (the client has stopped reading, or keeps sending requests) are cut.
 */
export function endWell(): void {
  for (const signal of SIGNALS) {
    const theirs = process.listeners(signal) as Listener[]
    process.removeAllListeners(signal)
    let ending = false
    process.on(signal, () => {
      if (ending) return
      ending = true
      // An exit would wait for engine work that cannot be stopped.
      setTimeout(() => process.kill(process.pid, 'SIGKILL'), LAST).unref()
      close()
        .catch((error: unknown) => log().error({ message: error instanceof Error ? error.message : String(error) }, 'shutting down failed'))
        .finally(() => {
          for (const listener of theirs) listener(signal)
          setTimeout(hangUp, LAST_WORDS).unref()
          if (theirs.length === 0) process.exit(0)
        })
    })
  }
}
