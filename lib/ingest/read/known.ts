import type { BlobState } from '@/lib/flow/reading/blob'
import type { Store } from '@/lib/store/store'
import { strayedFrom } from './strayed'

/** The states of stored blobs by hours, so that a query about a few hours does not scan the others; built again after the store has changed. */
export class KnownBlobs {
  private revision = -1
  private hours = new Map<number | null, BlobState[]>()
  private strays = new Map<string, Map<number, number>>()

  constructor(private readonly store: Store) {}

  /** States of blobs of the hours first..last (epoch milliseconds, inclusive), and of those without an hour. */
  within({ first, last }: { first: number; last: number }): BlobState[] {
    this.refresh()
    const found: BlobState[] = []
    for (const [hour, states] of this.hours)
      if (hour === null || (hour >= first && hour <= last)) for (const state of states) found.push(state)
    return found
  }

  /** Returns the blobs of a source (Blob.id) that hold tuples of other hours than their paths say, with the hours of their paths. */
  strayedOf(source: string): ReadonlyMap<number, number> {
    this.refresh()
    return this.strays.get(source) ?? new Map()
  }

  private refresh(): void {
    if (this.revision === this.store.revision) return
    this.revision = this.store.revision
    this.hours = new Map()
    this.strays = new Map()
    for (const state of this.store.blobs().values()) {
      const states = this.hours.get(state.hour)
      if (states === undefined) this.hours.set(state.hour, [state])
      else states.push(state)
      const hour = strayedFrom(state)
      if (hour === null) continue
      const strays = this.strays.get(state.source) ?? new Map<number, number>()
      this.strays.set(state.source, strays.set(state.id, hour))
    }
  }
}
