import type { Ask } from './line'
import type { Need } from './plan'
import type { Reader } from './reader'

/** A request that waits for runs. */
interface Waiter extends Ask {
  /** Called when the run is over, with its error, or null. */
  met(run: BlobRun, error: unknown): void
}

/** One reading of one blob, from the request until it is stored or has failed. */
export class BlobRun {
  /** Requests that wait for it. */
  readonly asks = new Set<Waiter>()
  /** Bytes handed to the parser so far, and tuples found. */
  bytes = 0
  tuples = 0
  phase: 'waiting' | 'reading' | 'storing' | 'over' = 'waiting'
  /** True if it failed for this reader; others may succeed. */
  failed = false
  /** True if a parse thread could not read its file by itself. */
  isOdd = false
  /** True if a parse thread stopped while it had this blob: it is read again with nothing beside it. */
  isSuspect = false
  private stopping: AbortController | null = null

  constructor(
    readonly need: Need,
    readonly reader: Reader,
  ) {}

  get hour(): number | null {
    return this.need.blob.hour
  }

  /** Aborts when no request waits for it any more. */
  get signal(): AbortSignal {
    this.stopping ??= new AbortController()
    return this.stopping.signal
  }

  get stopped(): boolean {
    return this.stopping?.signal.aborted === true
  }

  stop(): void {
    this.stopping ??= new AbortController()
    this.stopping.abort()
  }

  /** Tells all waiting requests that it is over, with its error, or null. */
  end(error: unknown): void {
    this.phase = 'over'
    for (const waiter of [...this.asks]) waiter.met(this, error)
  }
}
