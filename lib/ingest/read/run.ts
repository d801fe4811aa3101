import type { Ask } from './line'
import type { Need } from './plan'
import type { Reader } from './reader'

/** A request that waits for runs. */
interface Waiter extends Ask {
  /** The run is over, with what it failed with, or null. */
  met(run: Run, error: unknown): void
}

/** One reading of one blob, from when it is asked for until it is stored or has failed. */
export class Run {
  /** Requests that wait for it. */
  readonly asks = new Set<Waiter>()
  /** Bytes handed to the parser so far, and tuples found. */
  bytes = 0
  tuples = 0
  phase: 'waiting' | 'reading' | 'storing' | 'over' = 'waiting'
  /** It failed for this reader; others may succeed. */
  failed = false
  /** A parse thread could not read its file by itself. */
  isOdd = false
  private stopping: AbortController | null = null

  constructor(
    readonly need: Need,
    readonly reader: Reader,
  ) {}

  get hour(): number | null {
    return this.need.blob.hour
  }

  /** Aborts when nobody waits for it any more. */
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

  /** Tells everybody who waits that it is over, with what it failed with, or null. */
  end(error: unknown): void {
    this.phase = 'over'
    for (const waiter of [...this.asks]) waiter.met(this, error)
  }
}
