import 'server-only'

/**
 * Bytes as a stream that asks for the next piece only when the last one was taken. When nobody reads on, or the asker leaves, the signal that the
 * pieces were made with aborts, so that what is under way gives up, and they are ended, so that they put away what they hold.
 */
export function streamOf(make: (signal: AbortSignal) => AsyncGenerator<Uint8Array>, asker: AbortSignal): ReadableStream<Uint8Array> {
  const left = new AbortController()
  const pieces = make(AbortSignal.any([asker, left.signal]))
  const end = async () => {
    left.abort()
    await pieces.return(undefined)
  }
  return new ReadableStream<Uint8Array>({
    start(controller) {
      const fail = (reason: unknown) => controller.error(reason)
      asker.addEventListener('abort', () => void end().then(() => fail(asker.reason), fail), { once: true })
    },
    async pull(controller) {
      const { value, done } = await pieces.next()
      if (done) controller.close()
      else controller.enqueue(value)
    },
    cancel: end,
  })
}
