import { onAbort } from './on-abort'

/** Resolves to the results of all works, in order. Rejects with the first failure and aborts the rest. */
export async function together<T>(signal: AbortSignal, works: readonly ((signal: AbortSignal) => Promise<T>)[]): Promise<T[]> {
  const stop = new AbortController()
  const release = onAbort(signal, () => stop.abort())
  try {
    return await Promise.all(works.map((work) => work(stop.signal)))
  } catch (error) {
    stop.abort()
    throw error
  } finally {
    release()
  }
}
