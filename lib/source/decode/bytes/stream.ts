/** Bytes in order, each chunk with an ArrayBuffer of its own. */
export type Stream = AsyncIterable<Uint8Array<ArrayBuffer>>

const CHUNK = 1024 * 1024

/** Yields the same bytes in chunks of one size, except for the last. Each chunk spans its whole ArrayBuffer. Bytes before a failure are yielded first. */
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
  /** The error that the stream failed with within its first bytes, or null. */
  failure: { error: unknown } | null
}

/**
 * Returns the first bytes of a stream, at least `least` of them if it has so many, and the complete stream again. Chunks pass unchanged; the first is joined
 * with later ones only if it is shorter than `least`. The stream rethrows a failure within its first bytes.
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

/**
 * Ends a stream that is not read any further, so that it closes its resources. It begins the stream first, because a generator that has not begun does not run
 * its `finally`.
 */
export async function leave(stream: Stream): Promise<void> {
  try {
    for await (const _ of stream) return
  } catch {
    // The failure is thrown to whoever reads the bytes.
  }
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(a.length + b.length)
  both.set(a)
  both.set(b, a.length)
  return both
}

/** Yields bytes [from, to) of a stream and reads it no further. */
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
