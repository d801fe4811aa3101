import type { Ask } from './line'
import type { Need } from './plan'
import type { Reader } from './reader'
import type { Run } from './run'

/** One request for several blobs, which waits until each has been read or has failed. It costs a blob nothing but its place in two sets. */
export class Asking implements Ask {
  bytes = 0
  /** Resolves when nothing is missing, with the first thing that went wrong, or null. */
  readonly over: Promise<{ error: unknown } | null>
  private readonly missing = new Map<number, Need>()
  private readonly runs = new Set<Run>()
  private failure: { error: unknown } | null = null
  private finish!: (failure: { error: unknown } | null) => void

  /** `join` gives the run that reads a need, begun or to begin. */
  constructor(
    readonly number: number,
    private readonly reader: Reader,
    private readonly join: (need: Need) => Run,
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

  /** It asks again where that was stopped, failed for another reader, or read less than is needed. */
  met(run: Run, error: unknown): void {
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

  /** The runs that it waited for; it waits no more. */
  giveUp(): Run[] {
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

  private leave(run: Run): void {
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
