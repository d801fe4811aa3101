/** After a failure, nothing is requested for this long. Milliseconds. */
const RETRY_AFTER = 3000

/**
 * Whether a storage answers at all. One that sent nothing while a request was tried as often as it may be is not bothered, nor waited for, by each of the
 * next thousand requests: until it answers one of them, each is tried once, one at a time.
 */
export class Outage {
  private last: { error: unknown; at: number } | null = null
  private isTried = false

  /** Returns the error with which a request fails without being sent, or null. `now`: epoch milliseconds. */
  refusal(now: number): { error: unknown } | null {
    return this.last !== null && (this.isTried || now - this.last.at < RETRY_AFTER) ? this.last : null
  }

  /** Begins a request. Returns true if it may be tried only once; then call `ended` after it. */
  begin(): boolean {
    if (this.last === null) return false
    this.isTried = true
    return true
  }

  ended(): void {
    this.isTried = false
  }

  /** The storage sent something, or nothing (`error`). */
  heard(): void {
    this.last = null
  }

  silent(error: unknown, now: number): void {
    this.last = { error, at: now }
  }
}
