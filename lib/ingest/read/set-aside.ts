import { Problem } from '@/lib/flow/problem'
import type { Blob } from '@/lib/flow/reading/blob'
import { ThreadStopped } from '@/lib/ingest/threads/broken'
import type { BlobRun } from './run'

/** True if a parse thread stopped that had only the blob of this run. */
function isCulprit({ need, isSuspect }: BlobRun, { blobs }: ThreadStopped): boolean {
  return isSuspect && blobs.has(need.blob.id)
}

/**
 * Finds the blobs at which parse threads stop. Whatever a stopped thread had is suspect, and read again with nothing beside it; if a thread stops again, its
 * blob is set aside: it is not read again before it changes, or the server starts anew.
 */
export class SetAside {
  private readonly versions = new Map<number, { etag: string; problem: Problem }>()

  constructor(private readonly warn: (message: string) => void = () => {}) {}

  /** Returns why this version is not read, or null. */
  problemOf({ id, etag }: Blob): Problem | null {
    const known = this.versions.get(id)
    return known?.etag === etag ? known.problem : null
  }

  /** Decides whether a run that failed is to be read again, as a suspect if the thread that stopped had its blob. */
  readsAgain(run: BlobRun, failure: unknown): boolean {
    if (!(failure instanceof ThreadStopped) || failure.blobs.size === 0 || run.stopped || isCulprit(run, failure)) return false
    run.isSuspect ||= failure.blobs.has(run.need.blob.id)
    return true
  }

  /** Sets the blob of a run aside if it made a thread stop, and returns the problem; null for any other failure. */
  judge(run: BlobRun, failure: unknown): Problem | null {
    if (!(failure instanceof ThreadStopped) || !isCulprit(run, failure)) return null
    const { id, etag, name } = run.need.blob
    const { cause } = failure
    const problem = new Problem('source', `${name} is not read: the parser stopped at it; the log of the server has the details`, { cause })
    this.versions.set(id, { etag, problem })
    this.warn(`${name} is not read until it changes, because the parser stopped at it: ${(cause as Error).message}`)
    return problem
  }
}
