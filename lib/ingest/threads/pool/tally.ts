export { newTally, storageTotal, type Tally, tallied } from '@/lib/source/request/tally'

const HELD = Symbol.for('flowlens.ingest.parsed')

/** Rows stored, and records or tuples rejected, since the process began. */
export interface ParsedCount {
  rows: number
  rejected: number
}

/** Next.js may load a module several times, so the counts are kept on globalThis. */
export function parsed(): ParsedCount {
  const holder = globalThis as { [HELD]?: ParsedCount }
  holder[HELD] ??= { rows: 0, rejected: 0 }
  return holder[HELD]
}
