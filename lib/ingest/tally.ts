export { newTally, storageTotal, type Tally, tallied } from '@/lib/source/tally'

const HELD = Symbol.for('flowlens.ingest.parsed')

/** Rows that were stored and records or tuples that were refused, since the process began. */
export interface Parsed {
  rows: number
  rejected: number
}

/** Parts of the server may hold several copies of this module, so the counts hang on globalThis. */
export function parsed(): Parsed {
  const holder = globalThis as { [HELD]?: Parsed }
  holder[HELD] ??= { rows: 0, rejected: 0 }
  return holder[HELD]
}
