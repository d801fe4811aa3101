import 'server-only'
import { setTimeout as sleep } from 'node:timers/promises'

/** What was written just before a stream is cut goes out within this. Milliseconds. */
const FLUSH = 100

interface Manner {
  /** What the last piece says when making them failed, where the format has words for it. */
  last?: (error: unknown) => Uint8Array | null
}

/**
 * Bytes as a stream that asks for the next piece only when the last one was taken. When nobody reads on, or the asker leaves, the signal that the
 * pieces were made with aborts, so that what is under way gives up, and they are ended, so that they put away what they hold. A failure cuts the
 * stream, behind its last words: it cannot be taken for the whole.
 */
export function streamOf(
  make: (signal: AbortSignal) => AsyncGenerator<Uint8Array>,
  asker: AbortSignal,
  { last = () => null }: Manner = {},
): ReadableStream<Uint8Array> {
  const left = new AbortController()
  const pieces = make(AbortSignal.any([asker, left.signal]))
  let farewell: { words: Uint8Array | null; said?: boolean; error: unknown } | null = null
  const end = async () => {
    left.abort()
    await pieces.return(undefined)
  }
  return new ReadableStream<Uint8Array>({
    start(controller) {
      const leave = (error: unknown) => {
        if (farewell !== null) return
        const words = last(error)
        if (words === null) controller.error(error)
        else farewell = { words, error }
      }
      asker.addEventListener('abort', () => void end().then(() => leave(asker.reason), leave), { once: true })
    },
    async pull(controller) {
      if (farewell === null) {
        try {
          const { value, done } = await pieces.next()
          if (!done) return controller.enqueue(value)
          if (!asker.aborted) return controller.close()
          throw asker.reason
        } catch (error) {
          farewell ??= { words: last(error), error }
        }
      }
      const { words, error } = farewell
      if (words !== null) {
        farewell.words = null
        farewell.said = true
        return controller.enqueue(words)
      }
      if (farewell.said) await sleep(FLUSH)
      controller.error(error)
    },
    cancel: end,
  })
}
