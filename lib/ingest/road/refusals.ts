import type { CoverageProblem } from '@/lib/flow/answer/answer'
import type { Problem } from '@/lib/flow/problem'
import { blobProblem } from '@/lib/ingest/coverage/problems'
import type { Need } from '@/lib/ingest/read/plan'
import { coverageProblem, isOtherLog, refusedOf } from '@/lib/ingest/read/rejections'
import type { Works } from '@/lib/ingest/read/works'
import type { CoverageSums } from './sums'

interface Found {
  problems: CoverageProblem[]
  /** Rejected tuples and records. */
  malformed: number
  /** Stored tuples. */
  tuples: number
  /** True if nothing was rejected except records of other logs. */
  isWhole: boolean
}

/** The rejections and failures in a plan's blobs. For plans that have been read completely, they are remembered until the store changes. */
export class Refusals {
  private readonly known = new WeakMap<readonly Need[], { revision: number; found: Found }>()

  constructor(
    private readonly works: Works,
    private readonly sums: CoverageSums,
    private readonly failure: (need: Need) => Problem | null,
  ) {}

  async of(needs: readonly Need[]): Promise<Found> {
    const known = this.known.get(needs)
    if (known?.revision === this.works.store.revision) return known.found
    const { rejections, store } = this.works
    const rejected = await rejections.of()
    const { revision } = store
    const found: Found = { problems: [], malformed: 0, tuples: 0, isWhole: true }
    for (const need of needs) {
      const { blob } = need
      const state = store.blobs().get(blob.id)
      found.tuples += state?.tuples ?? 0
      const failure = this.failure(need)
      if (failure) found.problems.push(blobProblem(blob, failure))
      const rows = rejected.get(blob.id) ?? []
      const refused = refusedOf(rows)
      found.malformed += refused
      found.isWhole &&= refused === 0 || isOtherLog(blob, state, rows)
      found.problems.push(...rows.map((row) => coverageProblem(blob, row)))
    }
    if (this.sums.of(needs).whole && rejected === (await rejections.of())) this.known.set(needs, { revision, found })
    return found
  }
}
