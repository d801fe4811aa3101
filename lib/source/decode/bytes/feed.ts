import type { Stream } from './stream'

/** A stream that is read piece by piece, and takes back bytes that were read too far. */
export class Feed {
  /** Bytes taken from the stream and not given back. */
  taken = 0
  private readonly chunks: AsyncIterator<Uint8Array>
  private rest: Uint8Array = new Uint8Array()

  constructor(stream: Stream) {
    this.chunks = stream[Symbol.asyncIterator]()
  }

  /** Returns at most `most` of the next bytes, or null at the end. */
  async some(most: number): Promise<Uint8Array | null> {
    while (this.rest.length === 0) {
      const { value, done } = await this.chunks.next()
      if (done === true) return null
      this.rest = value
    }
    const part = this.rest.subarray(0, most)
    this.rest = this.rest.subarray(part.length)
    this.taken += part.length
    return part
  }

  /** Returns the next `count` bytes, fewer if the stream ends before. */
  async exactly(count: number): Promise<Uint8Array> {
    const parts: Uint8Array[] = []
    for (let missing = count; missing > 0; ) {
      const part = await this.some(missing)
      if (part === null) break
      parts.push(part)
      missing -= part.length
    }
    return Buffer.concat(parts)
  }

  giveBack(bytes: Uint8Array): void {
    this.taken -= bytes.length
    this.rest = this.rest.length === 0 ? bytes : Buffer.concat([bytes, this.rest])
  }

  async leave(): Promise<void> {
    await this.chunks.return?.()
  }
}
