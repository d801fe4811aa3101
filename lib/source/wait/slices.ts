import { setImmediate } from 'node:timers/promises'
import { cancelled } from './cancelled'

/** Longest time of one slice of work. Milliseconds. */
const SLICE = 5
/** Steps between two looks at the clock. */
const STEPS = 16

/** Divides long work of this thread into slices, so that other work can run in between. */
export class Slices {
  private steps = 0
  private ends = 0

  constructor(private readonly signal: AbortSignal) {}

  /** Call before each small step. True if it is time to call `pass`. */
  isOver(): boolean {
    return this.steps++ % STEPS === 0 && performance.now() > this.ends
  }

  /**
   * Lets other waiting work run.
   * @throws Problem `cancelled` if the signal has aborted
   */
  async pass(): Promise<void> {
    if (this.signal.aborted) throw cancelled()
    await setImmediate()
    if (this.signal.aborted) throw cancelled()
    this.ends = performance.now() + SLICE
  }
}
