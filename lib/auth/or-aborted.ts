import { Problem } from '@/lib/flow/problem'
import type { Aborting } from '@/lib/flow/token-credential'

/** What `work` comes to, unless the signal aborts first; others may go on waiting for the same work. */
export function orAborted<T>(work: Promise<T>, signal: Aborting): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(new Problem('cancelled', 'Wait for a token was given up'))
    if (signal.aborted) stop()
    signal.addEventListener('abort', stop)
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop))
  })
}
