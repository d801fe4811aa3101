import type { Problem } from '@/lib/flow/problem'
import type { Source } from '@/lib/source/source'

/** With whose sources blobs are read. What fails for one reader says nothing about another, who may have other rights. */
export class Reader {
  /** Why the last reading of a blob failed, by Blob.id. */
  readonly failed = new Map<number, { problem: Problem; at: number }>()

  /** `sources` are by Source.id. */
  constructor(readonly sources: ReadonlyMap<string, Source>) {}

  /** Null when the last reading of a blob did not fail. */
  failure(blob: number): Problem | null {
    return this.failed.get(blob)?.problem ?? null
  }
}
