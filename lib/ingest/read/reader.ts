import type { Problem } from '@/lib/flow/problem'
import type { Source } from '@/lib/source/model/source'

/** The sources with which blobs are read, and their failures. Readers may have different rights, so a failure of one says nothing about another. */
export class Reader {
  /** The failure of the last reading of a blob, by Blob.id. */
  readonly failed = new Map<number, { problem: Problem; at: number }>()

  /** `sources` are by Source.id. */
  constructor(readonly sources: ReadonlyMap<string, Source>) {}

  /** Returns null if the last reading of a blob did not fail. */
  failure(blob: number): Problem | null {
    return this.failed.get(blob)?.problem ?? null
  }
}
