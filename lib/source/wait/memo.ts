import { cancelled } from './cancelled'
import { onAbort } from './on-abort'

interface Entry<T> {
  promise: Promise<T>
  stop: AbortController
  waiting: number
  isDone: boolean
  /** Milliseconds of the memo's clock; infinite while the work runs. */
  until: number
}

/**
 * Keeps results for a while and shares work in flight. A failure is forgotten at once. If one caller aborts, the others still get the result; the work itself
 * is aborted when no caller is left.
 */
export class Memo<T> {
  private readonly entries = new Map<string, Entry<T>>()
  /** Number of entries at which expired results are removed; it grows with the entries, so each start costs the same on average. */
  private sweepAt = 64

  constructor(private readonly now: () => number = Date.now) {}

  /** Returns the known result or runs `work`. `keep` returns for how many milliseconds a result stays valid. */
  async get(key: string, signal: AbortSignal, keep: (value: T) => number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    if (signal.aborted) throw cancelled()
    const known = this.entries.get(key)
    const entry = known && known.until > this.now() ? known : this.start(key, keep, work)
    entry.waiting++
    try {
      return await settled(entry.promise, signal)
    } finally {
      entry.waiting--
      if (entry.waiting === 0 && !entry.isDone) {
        this.drop(key, entry)
        entry.stop.abort()
      }
    }
  }

  /** Forgets one key: the next caller starts the work again; callers that wait still get their result. */
  forgetOne(key: string): void {
    this.entries.delete(key)
  }

  /** Forgets every key that passes the test, see `forgetOne`. */
  forget(test: (key: string) => boolean): void {
    for (const key of this.entries.keys()) if (test(key)) this.entries.delete(key)
  }

  private start(key: string, keep: (value: T) => number, work: (signal: AbortSignal) => Promise<T>): Entry<T> {
    if (this.entries.size >= this.sweepAt) this.sweep()
    const stop = new AbortController()
    const entry: Entry<T> = { promise: work(stop.signal), stop, waiting: 0, isDone: false, until: Number.POSITIVE_INFINITY }
    this.entries.set(key, entry)
    entry.promise.then(
      (value) => {
        entry.isDone = true
        entry.until = this.now() + keep(value)
      },
      () => this.drop(key, entry),
    )
    return entry
  }

  private sweep(): void {
    for (const [old, { until }] of this.entries) if (until <= this.now()) this.entries.delete(old)
    this.sweepAt = Math.max(64, this.entries.size * 2)
  }

  private drop(key: string, entry: Entry<T>): void {
    if (this.entries.get(key) === entry) this.entries.delete(key)
  }
}

/** Resolves with the promise's outcome, or rejects with Problem `cancelled` as soon as the signal aborts. */
function settled<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const release = onAbort(signal, () => reject(cancelled()))
    promise.then(resolve, reject).finally(release)
  })
}
