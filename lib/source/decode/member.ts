import type { Blob } from '@/lib/flow/reading/blob'
import type { Reading } from '@/lib/source/model/source'
import type { Entry } from './tar'

/** One file of an archive at the version of the archive. */
export class MemberReading implements Reading {
  readonly etag: string
  readonly length: number

  constructor(
    { etag }: Blob,
    private readonly entry: Entry,
  ) {
    this.etag = etag
    this.length = entry.size
  }

  border(): null {
    return null
  }

  /** To the end is to where it really ends, whatever the archive tells of its size. */
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
