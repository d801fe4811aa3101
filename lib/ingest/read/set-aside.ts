import { Problem } from '@/lib/flow/problem'
import type { Blob } from '@/lib/flow/reading/blob'
import type { ThreadStopped } from '@/lib/ingest/threads/broken'

/** Blobs at which a parse thread stopped that had nothing else to read. They are not read again before they change, or the server starts anew. */
export class SetAside {
  private readonly versions = new Map<number, { etag: string; problem: Problem }>()

  constructor(private readonly warn: (message: string) => void = () => {}) {}

  /** Returns why this version is not read, or null. */
  problemOf({ id, etag }: Blob): Problem | null {
    const known = this.versions.get(id)
    return known?.etag === etag ? known.problem : null
  }

  add({ id, etag, name }: Blob, { cause }: ThreadStopped): Problem {
    const problem = new Problem('source', `${name} is not read: the parser stopped at it; the log of the server has the details`, { cause })
    this.versions.set(id, { etag, problem })
    this.warn(`${name} is not read until it changes, because the parser stopped at it: ${(cause as Error).message}`)
    return problem
  }
}
