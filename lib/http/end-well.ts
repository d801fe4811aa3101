import 'server-only'
import { hangUp, learnServer } from './connections'
import { log } from './log'
import { opened } from './server'
import { closeDoor, countUnderway, cutShort, untilOver } from './underway'

/** From the signal on, milliseconds: answers that are still under way then are ended, and, later, the process, whatever holds it. */
const PATIENCE = 10_000
const LAST = 25_000
/** Within this, an answer that was ended has said so. Milliseconds. */
const FAREWELL = 5_000
/** When Next.js has been told to close, whoever reads has this long to read the end of what was said to them. Milliseconds. */
const LAST_WORDS = 1_000

const SIGNALS = ['SIGTERM', 'SIGINT'] as const

type Listener = (signal: NodeJS.Signals) => void

async function close(): Promise<void> {
  closeDoor()
  log().info({ underway: countUnderway() }, 'shutting down: no new requests')
  if (!(await untilOver(PATIENCE))) {
    log().warn({ underway: countUnderway() }, 'shutting down: ending what is still being answered')
    cutShort()
    await untilOver(FAREWELL)
  }
  await (await opened())?.road.close()
}

/**
 * Ends the process within 25 s of SIGTERM or SIGINT: nothing new is answered and the server is not ready; what is under way has ten seconds to finish and
 * is then told to end; then parse threads and store are closed, and Next.js, whose own listeners would not wait for any of that, closes its connections
 * and exits. What would hold it is cut a second later: connections whose other end has stopped reading, or goes on asking over the one it has.
 */
export function endWell(): void {
  learnServer()
  for (const signal of SIGNALS) {
    const theirs = process.listeners(signal) as Listener[]
    process.removeAllListeners(signal)
    let ending = false
    process.on(signal, () => {
      if (ending) return
      ending = true
      setTimeout(() => process.exit(1), LAST).unref()
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
