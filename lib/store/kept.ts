import { weightOf } from '@/lib/flow/weight'

/** Maximum number of results to keep, and their size in memory. Bytes. */
const KEPT = 32
const ROOM = 128 * 2 ** 20

/** Results that queries have computed from the stored rows of one revision. */
export class Kept {
  private readonly things = new Map<string, { made: Promise<unknown>; weight: number }>()

  constructor(private readonly room = ROOM) {}

  /** Returns the result for the key; concurrent callers share one `make`. If it fails for one caller, or is cancelled, the others start it again. */
  async get<Thing>(key: string, make: () => Promise<Thing>): Promise<Thing> {
    const known = this.things.get(key)
    if (known) {
      try {
        return (await known.made) as Thing
      } catch {
        // Another caller's failure, perhaps only its cancellation.
      }
    }
    const thing = { made: make(), weight: 0 }
    this.things.set(key, thing)
    if (this.things.size > KEPT) this.things.delete(this.things.keys().next().value!)
    thing.made.then(
      (value) => this.weigh(key, thing, value),
      () => {
        if (this.things.get(key) === thing) this.things.delete(key)
      },
    )
    return thing.made
  }

  /** Forgets the oldest results that there is no more room for; the newest is kept, whatever its size. */
  private weigh(key: string, thing: { weight: number }, value: unknown): void {
    if (this.things.get(key) !== thing) return
    thing.weight = weightOf([key, value], this.room)
    let all = 0
    for (const { weight } of this.things.values()) all += weight
    for (const [oldest, { weight }] of this.things) {
      if (all <= this.room) return
      if (oldest === key) continue
      this.things.delete(oldest)
      all -= weight
    }
  }
}

/** The results of the newest revision. A query that began before keeps its own: what it computes may lack newer rows. */
export class KeptNewest {
  private newest = new Kept()
  private revision = -1

  at(revision: number): Kept {
    if (revision !== this.revision) this.clear()
    this.revision = revision
    return this.newest
  }

  clear(): void {
    this.newest = new Kept()
  }
}
