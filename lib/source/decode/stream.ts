/** Bytes in order, each chunk with an ArrayBuffer of its own. */
export type Stream = AsyncIterable<Uint8Array<ArrayBuffer>>

const CHUNK = 1024 * 1024

/** The same bytes in chunks of one size, but for the last: each chunk owns its ArrayBuffer whole. What came before a failure comes before it here too. */
export async function* rechunk(pieces: AsyncIterable<Uint8Array>, size = CHUNK): AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined> {
  let chunk = new Uint8Array(size)
  let filled = 0
  let failure: { error: unknown } | null = null
  try {
    for await (const piece of pieces) {
      for (let at = 0; at < piece.length; ) {
        const part = piece.subarray(at, at + size - filled)
        chunk.set(part, filled)
        filled += part.length
        at += part.length
        if (filled < size) continue
        yield chunk
        chunk = new Uint8Array(size)
        filled = 0
      }
    }
  } catch (error) {
    failure = { error }
  }
  if (filled > 0) yield chunk.slice(0, filled)
  if (failure !== null) throw failure.error
}

interface Peeked {
  head: Uint8Array<ArrayBuffer>
  whole: Stream
  /** What the stream failed with within its first bytes, or null. */
  failure: { error: unknown } | null
}

/**
 * The first bytes of a stream, at least `least` of them where it has so many, and the whole stream again. Chunks pass as they are; the first is joined
 * only where it is shorter than `least`. A failure within the first bytes is thrown by the stream.
 */
export async function peek(stream: Stream, least: number): Promise<Peeked> {
  const chunks = stream[Symbol.asyncIterator]()
  let head = new Uint8Array()
  let failure: { error: unknown } | null = null
  let over = false
  while (head.length < least && !over) {
    try {
      const { value, done } = await chunks.next()
      over = done === true
      if (!over) head = head.length === 0 ? value : joined(head, value)
    } catch (error) {
      failure = { error }
      over = true
    }
  }
  let isFirst = head.length > 0
  const end = { done: true, value: undefined } as const
  const iterator: AsyncIterator<Uint8Array<ArrayBuffer>, undefined> = {
    next: async () => {
      if (isFirst) {
        isFirst = false
        return { done: false, value: head }
      }
      if (failure !== null) throw failure.error
      if (over) return end
      const { value, done } = await chunks.next()
      return done === true ? end : { done: false, value }
    },
    return: async () => {
      await chunks.return?.()
      return end
    },
  }
  return { head, failure, whole: { [Symbol.asyncIterator]: () => iterator } }
}

/** Ends a stream that nobody reads any further, so that what it holds open is closed; one that was never begun would not hear of it otherwise. */
export async function leave(stream: Stream): Promise<void> {
  try {
    for await (const _ of stream) return
  } catch {
    // Whoever reads it for its bytes is told.
  }
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(a.length + b.length)
  both.set(a)
  both.set(b, a.length)
  return both
}

/** Bytes [from, to) of a stream, which is read no further than that. */
export async function* slice(stream: Stream, from: number, to: number): AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined> {
  let at = 0
  if (from >= to) return
  for await (const chunk of stream) {
    const begin = Math.max(0, from - at)
    const end = Math.min(chunk.length, to - at)
    at += chunk.length
    if (begin < end) yield begin === 0 && end === chunk.length ? chunk : chunk.slice(begin, end)
    if (at >= to) return
  }
}
