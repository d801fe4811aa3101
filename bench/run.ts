/** One run of one contender: how long it took, in milliseconds, and what it answered. */
export interface Lap<T> {
  ms: number
  answers: T
  /** Parts of `ms`, by name. */
  steps?: Readonly<Record<string, number>>
}

export interface Contender<T> {
  name: string
  lap(): Promise<Lap<T>>
}

export interface Spread {
  median: number
  min: number
  max: number
}

/** Laps by contender, in the order given. All run in turn (us, peer, us, peer …), so that what disturbs the machine disturbs all of them. */
export async function interleave<T>(
  contenders: readonly Contender<T>[],
  rounds: number,
  seen: (name: string, lap: Lap<T>) => void,
): Promise<Lap<T>[][]> {
  const laps: Lap<T>[][] = contenders.map(() => [])
  for (let round = 0; round < rounds; round++) {
    for (const [i, contender] of contenders.entries()) {
      const lap = await contender.lap()
      laps[i]!.push(lap)
      seen(contender.name, lap)
    }
  }
  return laps
}

/** @throws RangeError when there is nothing to summarize. */
export function spread(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b)
  const { length } = sorted
  if (length === 0) throw new RangeError('no values')
  const middle = length >> 1
  const median = length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
  return { median, min: sorted[0]!, max: sorted[length - 1]! }
}

/** How many times longer `slow` took than `fast`, round by round. */
export function ratio(slow: readonly Lap<unknown>[], fast: readonly Lap<unknown>[]): Spread {
  return spread(slow.map((lap, i) => lap.ms / fast[i]!.ms))
}

/** The value that a share (0 to 1) of all values does not exceed. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN
}

/** Median of one step over all laps that have it, or null. */
export function stepMedian(laps: readonly Lap<unknown>[], name: string): number | null {
  const values = laps.flatMap(({ steps }) => steps?.[name] ?? [])
  return values.length === 0 ? null : spread(values).median
}
