import { Problem } from '@/lib/flow/problem'
import type { Reading } from '@/lib/source/model/source'
import type { Connection } from '@/lib/source/request/client'
import { type BlobPlace, type ByteRange, readRange } from '@/lib/source/request/range'
import { type Manner, request } from '@/lib/source/request/request'
import { ahead } from './ahead'
import { type Block, blocksEnd, blocksMark } from './blocks'
import { quoted } from './etag'

const RANGE = 4 * 1024 * 1024
const AHEAD = 2

/** One blob pinned to an ETag: every range request has `If-Match`. */
export class AzureReading implements Reading {
  /** `blocks` are null when the blob is not read for growth; `moved` is called when this version is gone. */
  constructor(
    private readonly place: BlobPlace,
    readonly etag: string,
    readonly length: number,
    private readonly blocks: readonly Block[] | null,
    private readonly manner: Manner,
    private readonly moved: () => void,
  ) {}

  border(count: number): number | null {
    return this.blocks && this.blocks.length > 0 ? blocksEnd(this.blocks, count) : null
  }

  read(from: number, to: number, signal: AbortSignal): AsyncIterable<Uint8Array<ArrayBuffer>> {
    return ahead(this.ranges(from, Math.min(to, this.length)), AHEAD, signal)
  }

  async mark(end: number): Promise<string | null> {
    return this.blocks && blocksMark(this.blocks, end)
  }

  async continues(mark: string, end: number): Promise<boolean> {
    return (await this.mark(end)) === mark
  }

  private *ranges(from: number, to: number) {
    for (let at = from; at < to; at += RANGE) {
      const range = { etag: this.etag, from: at, to: Math.min(to, at + RANGE) }
      yield (signal: AbortSignal) => this.range(range, signal)
    }
  }

  private async range(range: ByteRange, signal: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
    try {
      return await request(this.place.subject, this.manner, signal, (attempt) =>
        readRange(this.place, range, this.manner.pace.stall, attempt),
      )
    } catch (error) {
      if (error instanceof Problem && (error.kind === 'changed' || error.kind === 'absent')) this.moved()
      throw error
    }
  }
}

/** Opens the newest version together with its block list, in one request. */
export async function openNewest(
  place: BlobPlace & Connection,
  manner: Manner,
  signal: AbortSignal,
  moved: () => void,
): Promise<AzureReading> {
  const blob = place.client.getBlockBlobClient(place.name)
  const list = await request(place.subject, manner, signal, (abortSignal) => blob.getBlockList('committed', { abortSignal }))
  const blocks = list.committedBlocks ?? []
  const length = list.blobContentLength ?? blocks.reduce((sum, { size }) => sum + size, 0)
  return new AzureReading(place, quoted(list.etag ?? ''), length, blocks, manner, moved)
}
