/** One request for many blobs. */
export interface Ask {
  /** Of the blobs that it misses. */
  bytes: number
  /** Requests are numbered as they come. */
  number: number
}

/** A blob that waits to be read, for those who ask for it. */
export interface Waiting {
  /** Start of its hour, epoch milliseconds, or null for a loose file. */
  hour: number | null
  asks: ReadonlySet<Ask>
}

/** Negative when `a` goes before `b`: who needs less, and of equals who came last. */
function compareAsks(a: Ask, b: Ask): number {
  return a.bytes - b.bytes || b.number - a.number
}

function firstOf(asks: ReadonlySet<Ask>): Ask {
  let first: Ask | null = null
  for (const ask of asks) if (first === null || compareAsks(ask, first) < 0) first = ask
  return first ?? { bytes: Number.POSITIVE_INFINITY, number: 0 }
}

/**
 * Blobs in the order in which they are to be read: those of the narrowest request first, so that it overtakes a wide one that somebody still waits
 * for, and is not held up by one that comes later; of one request the newest hours first, loose files before all.
 */
export class Line<T extends Waiting> {
  /** The first stands last. */
  private waiting: T[] = []
  private sorted = true

  get length(): number {
    return this.waiting.length
  }

  push(one: T): void {
    this.waiting.push(one)
    this.sorted = false
  }

  /** Somebody asks, or no longer asks, for one of those that wait. */
  reorder(): void {
    this.sorted = false
  }

  pop(): T | undefined {
    if (!this.sorted) {
      this.waiting = this.waiting
        .map((one) => ({ one, first: firstOf(one.asks), hour: one.hour ?? Number.POSITIVE_INFINITY }))
        .sort((a, b) => compareAsks(b.first, a.first) || compareHours(a.hour, b.hour))
        .map(({ one }) => one)
      this.sorted = true
    }
    return this.waiting.pop()
  }
}

function compareHours(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0
}
