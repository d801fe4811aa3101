/** One request for several blobs. */
export interface Ask {
  /** Bytes of its missing blobs. */
  bytes: number
  /** Requests are numbered in the order of arrival. */
  number: number
}

/** A blob that waits to be read, with the requests that wait for it. */
export interface Waiting {
  /** Start of its hour, or null for a loose file. Epoch milliseconds. */
  hour: number | null
  asks: ReadonlySet<Ask>
}

/** Negative if `a` goes before `b`: the request that needs less, or else the later one. */
function compareAsks(a: Ask, b: Ask): number {
  return a.bytes - b.bytes || b.number - a.number
}

function firstOf(asks: ReadonlySet<Ask>): Ask {
  let first: Ask | null = null
  for (const ask of asks) if (first === null || compareAsks(ask, first) < 0) first = ask
  return first ?? { bytes: Number.POSITIVE_INFINITY, number: 0 }
}

/**
 * The queue of blobs to read. Blobs of the narrowest request come first, so that it overtakes a wide one; of one request, loose files come first,
 * then the newest hours.
 */
export class Line<T extends Waiting> {
  /** In reverse order: the last element is next. */
  private waiting: T[] = []
  private sorted = true

  get length(): number {
    return this.waiting.length
  }

  push(one: T): void {
    this.waiting.push(one)
    this.sorted = false
  }

  /** Call when a request starts or stops waiting for one of the blobs. */
  reorder(): void {
    this.sorted = false
  }

  pop(): T | undefined {
    this.sort()
    return this.waiting.pop()
  }

  /** Returns what `pop` would return, without removing it. */
  peek(): T | undefined {
    this.sort()
    return this.waiting.at(-1)
  }

  private sort(): void {
    if (!this.sorted) {
      this.waiting = this.waiting
        .map((one) => ({ one, first: firstOf(one.asks), hour: one.hour ?? Number.POSITIVE_INFINITY }))
        .sort((a, b) => compareAsks(b.first, a.first) || compareHours(a.hour, b.hour))
        .map(({ one }) => one)
      this.sorted = true
    }
  }
}

function compareHours(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0
}
