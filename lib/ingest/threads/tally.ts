export { newTally, storageTotal, type Tally, tallied } from '@/lib/source/request/tally'

const HELD = Symbol.for('flowlens.ingest.parsed')

/** Rows stored, and records or tuples rejected, since the process began. */
export interface Parsed {
  rows: number
  rejected: number
}

/** Next.js may load a module several times, so the counts are kept on globalThis. */
export function parsed(): Parsed {
  const holder = globalThis as { [HELD]?: Parsed }
  holder[HELD] ??= { rows: 0, rejected: 0 }
  return holder[HELD]
}
