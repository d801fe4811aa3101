import type { Blob } from '@/lib/flow/reading/blob'
import type { Reading } from '@/lib/source/model/source'
import type { TarEntry } from './tar'

/** One file of an archive, at the version of the archive. */
export class MemberReading implements Reading {
  readonly etag: string
  readonly length: number

  constructor(
    { etag }: Blob,
    private readonly entry: TarEntry,
  ) {
    this.etag = etag
    this.length = entry.size
  }

  border(): null {
    return null
  }

  /** A read to the end goes to the actual end, whatever size the archive claims. */
  read(from: number, to: number, signal: AbortSignal) {
    return this.entry.open(from, to < this.length ? to : Number.POSITIVE_INFINITY, signal)
  }

  async mark(): Promise<null> {
    return null
  }

  async continues(): Promise<false> {
    return false
  }
}
