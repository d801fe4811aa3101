/** The time that a host last sent (`said`), and the value of our monotonic clock when it arrived (`at`). Milliseconds. */
interface Reading {
  said: number
  at: number
}

const HELD = Symbol.for('flowlens.source.clocks')
const holder = globalThis as { [HELD]?: Map<string, Reading> }

/** Remembers the `Date` header of a response. */
export function noteClock(url: string, date: string | undefined): void {
  const said = Date.parse(date ?? '')
  if (Number.isNaN(said)) return
  holder[HELD] ??= new Map()
  holder[HELD].set(new URL(url).host, { said, at: performance.now() })
}

/** Returns when the host of `url` last responded, by `performance.now()`; 0 if it has not. */
export function heardFrom(url: string): number {
  return holder[HELD]?.get(new URL(url).host)?.at ?? 0
}

/** Returns the current time by the clock of the host of `url`, epoch milliseconds; null before its first response. */
export function clockOf(url: string): number | null {
  const reading = holder[HELD]?.get(new URL(url).host)
  return reading === undefined ? null : reading.said + performance.now() - reading.at
}
