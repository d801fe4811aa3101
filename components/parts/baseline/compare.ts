/** Tuples of a value in the range and in the baseline; of a pair both values. */
export interface Compared {
  key: readonly string[]
  now: number
  before: number
}

export type Change = Compared & { mark: 'new' | 'gone' | `×${number}` }

/** Minimum ratio of the rates at which a value counts as grown. */
const GROWN = 2

/**
 * Returns the values that are in the range only, at a multiple of the baseline's rate, or in the baseline only, in this order. `share` is the length of the
 * range divided by the time of the baseline that the logs cover.
 */
export function changesOf(rows: readonly Compared[], share: number): Change[] {
  const timesOf = ({ now, before }: Compared) => now / Math.max(before * share, 1e-9)
  const fresh = rows.filter(({ now, before }) => now > 0 && before === 0).sort((a, b) => b.now - a.now)
  const grown = rows.filter((row) => row.now > 0 && row.before > 0 && timesOf(row) >= GROWN).sort((a, b) => timesOf(b) - timesOf(a))
  const gone = rows.filter(({ now, before }) => now === 0 && before > 0).sort((a, b) => b.before - a.before)
  return [
    ...fresh.map((row) => ({ ...row, mark: 'new' as const })),
    ...grown.map((row) => ({ ...row, mark: `×${Math.round(timesOf(row))}` as const })),
    ...gone.map((row) => ({ ...row, mark: 'gone' as const })),
  ]
}
