import { onAbort } from '@/lib/source/wait/on-abort'

/**
 * Results of `works` in order. While one result is being used, up to `depth` later ones are under way; these are aborted when the reader leaves
 * or one fails.
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
    stop.abort()
  }
}
