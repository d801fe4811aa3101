import { setMaxListeners } from 'node:events'

/**
 * Calls `listener` when the signal aborts, or at once if it already has, unless the returned function is called before. Any number of listeners may wait on one
 * signal.
 */
export function onAbort(signal: AbortSignal, listener: () => void): () => void {
  if (signal.aborted) listener()
  setMaxListeners(0, signal)
  signal.addEventListener('abort', listener, { once: true })
  return () => signal.removeEventListener('abort', listener)
}
