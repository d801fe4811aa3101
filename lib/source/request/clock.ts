/** What the clock of each host said when it last answered, and how long ago that was by a clock of ours that nobody sets. Milliseconds. */
interface Reading {
  said: number
  at: number
}

const HELD = Symbol.for('flowlens.source.clocks')
const holder = globalThis as { [HELD]?: Map<string, Reading> }

/** Takes note of the `Date` of an answer. */
export function noteClock(url: string, date: string | undefined): void {
  const said = Date.parse(date ?? '')
  if (Number.isNaN(said)) return
  holder[HELD] ??= new Map()
  holder[HELD].set(new URL(url).host, { said, at: performance.now() })
}

/** Now by the clock of whoever answers at `url`, epoch milliseconds; null before it ever answered. */
export function clockOf(url: string): number | null {
  const reading = holder[HELD]?.get(new URL(url).host)
  return reading === undefined ? null : reading.said + performance.now() - reading.at
}
