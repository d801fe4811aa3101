import { setMaxListeners } from 'node:events'

/** Calls `listener` when the signal aborts, at once when it has, until the returned function is called. Any number may wait on one signal. */
export function onAbort(signal: AbortSignal, listener: () => void): () => void {
  if (signal.aborted) listener()
  setMaxListeners(0, signal)
  signal.addEventListener('abort', listener, { once: true })
  return () => signal.removeEventListener('abort', listener)
}
