import type { BlobState } from '@/lib/flow/reading/blob'
import type { Store } from '@/lib/store/store'

/** A requested blob is kept at least this long, so that a running answer never loses its data. Milliseconds. */
export const KEPT = 5 * 60_000
/** Deletion continues down to this share of the limit, so that it is rare. */
const DOWN_TO = 0.9

/**
 * Limits the size of the store by deleting whole blobs: the least recently requested first; of those not requested since the start, the oldest hours
 * first. A deleted blob is read from its source again when needed.
 */
export class Retention {
  private readonly asked = new Map<number, number>()
  private last: Promise<unknown> = Promise.resolve()

  constructor(
    private readonly store: Store,
    /** Bytes. */
    private readonly limit: number,
    private readonly now: () => number = Date.now,
  ) {}

  /** Marks blobs as requested now. */
  touch(blobs: Iterable<number>): void {
    const now = this.now()
    for (const blob of blobs) this.asked.set(blob, now)
  }

  /** Deletes what exceeds the limit; runs never overlap. Returns true if the store is still too large. Rejects when the store fails. */
  trim(): Promise<boolean> {
    const run = this.last.then(() => this.run())
    this.last = run.catch(() => {})
    return run
  }

  private async run(): Promise<boolean> {
    const size = await this.store.size()
    if (size <= this.limit) return false
    const states = [...this.store.blobs().values()]
    const tuples = states.reduce((sum, state) => sum + state.tuples, 0)
    let excess = size - this.limit * DOWN_TO
    const forget: number[] = []
    for (const state of this.oldestFirst(states)) {
      if (excess <= 0) break
      forget.push(state.id)
      excess -= (size * state.tuples) / Math.max(1, tuples)
    }
    if (forget.length > 0) await this.store.append({ parts: [], blobs: [], forget, pieces: [], groups: [], rejections: [] })
    for (const blob of forget) this.asked.delete(blob)
    return excess > 0
  }

  private oldestFirst(states: readonly BlobState[]): BlobState[] {
    const before = this.now() - KEPT
    const at = ({ id }: BlobState) => this.asked.get(id) ?? 0
    return states
      .filter((state) => at(state) <= before)
      .sort((a, b) => at(a) - at(b) || (a.hour ?? a.modified) - (b.hour ?? b.modified) || a.id - b.id)
  }
}
