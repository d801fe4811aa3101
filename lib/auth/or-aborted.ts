import { Problem } from '@/lib/flow/problem'
import type { Aborting } from '@/lib/net/token-credential'

/** Waits for `work` until the signal aborts. The work itself continues for other callers. */
export function orAborted<T>(work: Promise<T>, signal: Aborting): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(new Problem('cancelled', 'Waiting for a token was cancelled'))
    if (signal.aborted) stop()
    signal.addEventListener('abort', stop)
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop))
  })
}
