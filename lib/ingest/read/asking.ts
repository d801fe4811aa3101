import type { Ask } from './line'
import type { Need } from './plan'
import type { Reader } from './reader'
import type { BlobRun } from './run'

/** One request for several blobs, which waits until each has been read or has failed. Its only cost for a blob is an entry in two sets. */
export class Asking implements Ask {
  bytes = 0
  /** Resolves when no blob is missing, with the first error, or null. */
  readonly over: Promise<{ error: unknown } | null>
  private readonly missing = new Map<number, Need>()
  private readonly runs = new Set<BlobRun>()
  private failure: { error: unknown } | null = null
  private finish!: (failure: { error: unknown } | null) => void

  /** `join` returns the run that reads a need, existing or new. */
  constructor(
    readonly number: number,
    private readonly reader: Reader,
    private readonly join: (need: Need) => BlobRun,
  ) {
    this.over = new Promise((resolve) => {
      this.finish = resolve
    })
  }

  begin(needs: readonly Need[]): void {
    for (const need of needs) {
      const other = this.missing.get(need.blob.id)
      if (other === undefined || !covers(other, need)) this.missing.set(need.blob.id, need)
    }
    for (const need of this.missing.values()) this.wait(need)
    this.settle()
  }

  /** Joins a new run if this one was stopped, failed for another reader, or read less than needed. */
  met(run: BlobRun, error: unknown): void {
    this.leave(run)
    const need = this.missing.get(run.need.blob.id)
    if (need === undefined) return
    const again = error !== null ? run.stopped : run.failed ? run.reader !== this.reader : !covers(run.need, need)
    if (again) {
      this.wait(need)
      return
    }
    if (error !== null) this.failure ??= { error }
    this.missing.delete(need.blob.id)
    this.settle()
  }

  /** Stops waiting. Returns the runs that it waited for. */
  giveUp(): BlobRun[] {
    const runs = [...this.runs]
    this.missing.clear()
    for (const run of runs) this.leave(run)
    this.settle()
    return runs
  }

  private wait(need: Need): void {
    const run = this.join(need)
    run.asks.add(this)
    this.runs.add(run)
  }

  private leave(run: BlobRun): void {
    run.asks.delete(this)
    this.runs.delete(run)
  }

  private settle(): void {
    if (this.missing.size === 0) this.finish(this.failure)
  }
}

function covers(done: Need, need: Need): boolean {
  return done.until === null || (need.until !== null && done.until >= need.until)
}
