import { Problem } from '@/lib/flow/problem'
import type { Aborting } from '@/lib/net/token-credential'

/** Waits for `work` until the signal aborts; the work continues for others who wait for it. */
export function orAborted<T>(work: Promise<T>, signal: Aborting): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(new Problem('cancelled', 'Waiting for a token was cancelled'))
    if (signal.aborted) stop()
    signal.addEventListener('abort', stop)
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop))
  })
}
