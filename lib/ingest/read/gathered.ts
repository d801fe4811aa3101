type Bytes = Uint8Array<ArrayBuffer>

/** Returns all bytes of a stream if they are at most `most`; otherwise an equal stream from the first byte on. */
export async function gathered(stream: AsyncIterable<Bytes>, most: number): Promise<{ whole: Bytes } | { stream: AsyncIterable<Bytes> }> {
  const rest = stream[Symbol.asyncIterator]()
  const chunks: Bytes[] = []
  for (let length = 0; ; ) {
    const { done, value } = await rest.next()
    if (done) return { whole: oneOf(chunks, length) }
    chunks.push(value)
    length += value.length
    if (length > most) return { stream: again(chunks, rest) }
  }
}

function oneOf(chunks: readonly Bytes[], length: number): Bytes {
  const [first] = chunks
  if (first !== undefined && chunks.length === 1) return first
  const bytes = new Uint8Array(length)
  let at = 0
  for (const chunk of chunks) {
    bytes.set(chunk, at)
    at += chunk.length
  }
  return bytes
}

async function* again(chunks: Bytes[], rest: AsyncIterator<Bytes>): AsyncGenerator<Bytes, void, undefined> {
  try {
    for (let chunk = chunks.shift(); chunk !== undefined; chunk = chunks.shift()) yield chunk
    for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value
  } finally {
    await rest.return?.()
  }
}
