import { setTimeout as sleep, setImmediate as turn } from 'node:timers/promises'
import { Problem } from '@/lib/flow/problem'

/** Length up to which a filter is parsed at once. Characters. */
const SHORT = 2048
/** Pause after a long filter, as a multiple of the time that it took. */
const REST = 1

let last: Promise<void> = Promise.resolve()

/** Resolves after this turn of the event loop and a pause. */
async function over(): Promise<void> {
  const began = performance.now()
  await turn()
  await sleep(REST * (performance.now() - began))
}

/**
 * Waits for the turn of a filter. Long filters are parsed one after the other, with a pause after each: Node accepts only one new connection in each turn of its
 * event loop (https://github.com/libuv/libuv/pull/3696), so a few long turns would keep hundreds of connections waiting.
 * @throws Problem `cancelled` if the client has disconnected in the meantime
 */
export async function turnFor(filter: string, signal: AbortSignal): Promise<void> {
  if (filter.length <= SHORT) return
  const before = last
  let begin!: () => void
  const begun = new Promise<void>((resolve) => {
    begin = resolve
  })
  last = begun.then(over)
  await before
  if (signal.aborted) {
    begin()
    throw new Problem('cancelled', 'Question was cancelled')
  }
  begin()
}
