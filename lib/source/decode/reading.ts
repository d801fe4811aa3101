import { createHash } from 'node:crypto'
import { Problem } from '@/lib/flow/problem'
import type { DecodeBounds } from '@/lib/source/decode/bytes/bounds'
import { type Plain, plainOf } from '@/lib/source/decode/bytes/plain'
import { leave, type Stream, slice } from '@/lib/source/decode/bytes/stream'
import type { PackedObject, Reading } from '@/lib/source/model/source'

/** Facts about one version of an object. `packed` is null until its first bytes have been read. */
export interface KnownVersion {
  packed: boolean | null
  /** Plain bytes, or null until its end has been reached. */
  end: number | null
}

/**
 * A blob's plain bytes, however it is packed. All offsets count plain bytes. Blobs that are plain pass unchanged, with block borders and marks. A packed blob
 * cannot be continued: each reading unpacks it from the start, it has no mark, and it is read again completely when its ETag changes.
 */
export class DecodedReading implements Reading {
  constructor(
    private readonly name: string,
    private readonly inner: Reading,
    private readonly known: KnownVersion,
    private readonly bounds: DecodeBounds,
  ) {}

  get etag(): string {
    return this.inner.etag
  }

  get length(): number {
    return this.known.packed ? (this.known.end ?? Number.POSITIVE_INFINITY) : this.inner.length
  }

  border(count: number): number | null {
    return this.known.packed ? null : this.inner.border(count)
  }

  async *read(from: number, to: number, signal: AbortSignal): AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined> {
    const { inner, known } = this
    const most = Math.min(to, inner.length)
    if (known.packed === null && from === 0) {
      const plain = await this.open(inner.read(0, most, signal))
      known.packed = plain.packed
      if (!plain.packed || most === inner.length) return yield* this.pass(plain, from, to)
      await leave(plain.stream)
    }
    if (!(await this.isPacked(signal))) yield* inner.read(from, most, signal)
    else yield* this.pass(await this.open(inner.read(0, inner.length, signal)), from, to)
  }

  async mark(end: number, signal: AbortSignal): Promise<string | null> {
    return (await this.isPacked(signal)) ? null : this.inner.mark(end, signal)
  }

  async continues(mark: string, end: number, signal: AbortSignal): Promise<boolean> {
    return !(await this.isPacked(signal)) && end <= this.inner.length && this.inner.continues(mark, end, signal)
  }

  async stored(signal: AbortSignal): Promise<PackedObject | null> {
    if (this.inner.stored) return this.inner.stored(signal)
    return (await this.isPacked(signal)) ? hashOf(this.inner, signal) : null
  }

  private async isPacked(signal: AbortSignal): Promise<boolean> {
    if (this.known.packed === null) {
      const { packed, stream } = await this.open(this.inner.read(0, Math.min(512, this.inner.length), signal))
      this.known.packed = packed
      await leave(stream)
    }
    return this.known.packed
  }

  private async open(stream: Stream): Promise<Plain> {
    const plain = await plainOf(this.name, stream, this.bounds)
    if (plain.archive === null) return plain
    await leave(plain.stream)
    throw new Problem(
      'source',
      `${this.name} is a ${plain.archive} archive under the name of a flow log and is not read: give it its own name`,
      {
        where: this.name,
      },
    )
  }

  private async *pass({ packed, stream }: Plain, from: number, to: number): AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined> {
    if (!packed) return yield* slice(stream, from, to)
    const { known } = this
    let seen = 0
    async function* counted() {
      for await (const chunk of stream) {
        seen += chunk.length
        yield chunk
      }
      known.end = seen
    }
    yield* slice(counted(), from, to)
  }
}

export async function hashOf(reading: Reading, signal: AbortSignal): Promise<PackedObject> {
  const hash = createHash('sha256')
  for await (const chunk of reading.read(0, reading.length, signal)) hash.update(chunk)
  return { sha256: hash.digest('hex'), bytes: reading.length }
}
