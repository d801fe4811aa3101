/** Tuples of a value in the range and in the baseline. */
export interface Compared {
  value: string
  now: number
  before: number
}

export interface Changes {
  /** In the range only. */
  fresh: Compared[]
  /** In both, at `times` the rate of the baseline. */
  grown: (Compared & { times: number })[]
  /** In the baseline only. */
  gone: Compared[]
}

/** From so many times the rate on a value counts as grown. */
const GROWN = 2

/** `share` is how long the range is, as a share of the time of the baseline that the logs cover. */
export function changesOf(rows: readonly Compared[], share: number): Changes {
  const timesOf = ({ now, before }: Compared) => now / Math.max(before * share, 1e-9)
  return {
    fresh: rows.filter(({ now, before }) => now > 0 && before === 0).sort((a, b) => b.now - a.now),
    grown: rows
      .filter((row) => row.now > 0 && row.before > 0 && timesOf(row) >= GROWN)
      .map((row) => ({ ...row, times: Math.round(timesOf(row)) }))
      .sort((a, b) => b.times - a.times),
    gone: rows.filter(({ now, before }) => now === 0 && before > 0).sort((a, b) => b.before - a.before),
  }
}
