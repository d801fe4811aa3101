import 'server-only'
import { setTimeout as sleep } from 'node:timers/promises'

/** Time to send the last bytes before a stream is cut off. Milliseconds. */
const FLUSH = 100

interface Manner {
  /** The last chunk after a failure, if the format can express one. */
  last?: (error: unknown) => Uint8Array | null
}

/**
 * Streams bytes and requests the next chunk only when the last one was taken. If the client stops reading or disconnects, the signal given to the producer
 * aborts, so that running work stops, and the producer is closed, so that it cleans up. A failure cuts the stream off after its last chunk, so it cannot be
 * mistaken for a complete file.
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
