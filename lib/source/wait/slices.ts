import { setImmediate } from 'node:timers/promises'
import { cancelled } from './cancelled'

/** Longest that work goes on before others get their turn. Milliseconds. */
const SLICE = 5
/** The clock is looked at every so many steps. */
const STEPS = 16

/** Divides long work of this thread into slices, so that others are served in between. */
export class Slices {
  private steps = 0
  private ends = 0

  constructor(private readonly signal: AbortSignal) {}

  /** Asked before each small step: true when it is the turn of others, see `pass`. */
  isOver(): boolean {
    return this.steps++ % STEPS === 0 && performance.now() > this.ends
  }

  /** Lets others do what waits. @throws Problem `cancelled` when the signal has aborted. */
  async pass(): Promise<void> {
    if (this.signal.aborted) throw cancelled()
    await setImmediate()
    if (this.signal.aborted) throw cancelled()
    this.ends = performance.now() + SLICE
  }
}
