import 'server-only'

const HELD = Symbol.for('flowlens.watches')

/** Counts for the watches of this process. */
interface WatchTally {
  /** Evaluations of watches, and those that failed or were not complete. */
  rounds: number
  problems: number
  alerts: number
  /** Messages sent, failed tries, and messages given up. */
  sent: number
  refused: number
  failed: number
  /** Messages that wait to be sent. */
  waiting: number
  /** Time at which a watch was last evaluated; epoch milliseconds. */
  asked: number
}

const holder = globalThis as { [HELD]?: WatchTally }

export function watchTally(): WatchTally {
  holder[HELD] ??= { rounds: 0, problems: 0, alerts: 0, sent: 0, refused: 0, failed: 0, waiting: 0, asked: 0 }
  return holder[HELD]
}
