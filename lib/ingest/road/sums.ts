import type { Progress } from '@/lib/flow/answer/read/load'
import type { Need } from '@/lib/ingest/read/plan'
import type { Works } from '@/lib/ingest/read/works'

type Sum = Pick<Progress, 'blobs' | 'blobsRead' | 'bytes' | 'bytesRead' | 'tuples'> & {
  /** True if everything has been read. */
  whole: boolean
}

/** The size of plans and of their stored part. For plans that have been read completely, it is remembered until the store changes. */
export class CoverageSums {
  private readonly known = new WeakMap<readonly Need[], { revision: number; sum: Sum }>()

  constructor(private readonly works: Works) {}

  of(needs: readonly Need[]): Sum {
    const { revision } = this.works.store
    const known = this.known.get(needs)
    if (known?.revision === revision) return known.sum
    const sum = this.add(needs)
    if (sum.whole) this.known.set(needs, { revision, sum })
    return sum
  }

  private add(needs: readonly Need[]): Sum {
    const { conveyor, store } = this.works
    const sum: Sum = { blobs: needs.length, blobsRead: 0, bytes: 0, bytesRead: 0, tuples: 0, whole: false }
    for (const need of needs) {
      const { bytes, here } = conveyor.sizeOf(need)
      sum.bytes += bytes
      sum.blobsRead += conveyor.isMet(need) ? 1 : 0
      sum.bytesRead += here
      sum.tuples += conveyor.underway(need.blob.id)?.tuples ?? store.blobs().get(need.blob.id)?.tuples ?? 0
    }
    sum.whole = sum.blobsRead === sum.blobs
    return sum
  }
}
