import { onAbort } from '@/lib/source/wait/on-abort'

/**
 * Yields the results of `works` in order. While one result is in use, up to `depth` later works run; they are aborted when the reader leaves or a work fails.
 */
export async function* ahead<T>(
  works: Iterator<(signal: AbortSignal) => Promise<T>>,
  depth: number,
  signal: AbortSignal,
): AsyncGenerator<T, void, undefined> {
  const stop = new AbortController()
  const release = onAbort(signal, () => stop.abort())
  const queue: Promise<T>[] = []
  try {
    for (;;) {
      for (let next = queue.length <= depth && works.next(); next && !next.done; next = queue.length <= depth && works.next()) {
        const result = next.value(stop.signal)
        result.catch(() => {})
        queue.push(result)
      }
      const head = queue.shift()
      if (head === undefined) return
      yield await head
    }
  } finally {
    release()
    // An abort makes an exception with a stack, for nothing if no work runs.
    if (queue.length > 0) stop.abort()
  }
}
