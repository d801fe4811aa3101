import type { BlobState } from '@/lib/flow/blob'
import type { Store } from '@/lib/store/store'

/** What was asked for is kept at least this long, so that an answer under way never loses what it rests on. Milliseconds. */
export const KEPT = 5 * 60_000
/** Forgetting goes down to this share of the limit, so that it is seldom. */
const DOWN_TO = 0.9

/**
 * Holds the store to a size: whole blobs go, the least recently asked first, among those that nobody asked for since the start the oldest hours first.
 * What goes is read from its source again when somebody asks.
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

  /** These blobs are asked for just now. */
  touch(blobs: Iterable<number>): void {
    const now = this.now()
    for (const blob of blobs) this.asked.set(blob, now)
  }

  /** Forgets what is too much; one run after the other. Tells whether it is still too much. Rejects when the store fails. */
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
