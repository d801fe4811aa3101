/** One run of one contender: its time in milliseconds, and its answers. */
export interface Lap<T> {
  ms: number
  /** Core seconds, user and system, of all its processes in that time; missing where the system does not tell. */
  cores?: number
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

/** Laps by contender, in the order given. All run in turn (us, peer, us, peer …), so that a disturbance of the machine affects all of them. */
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

/** @throws RangeError when `values` is empty. */
export function spread(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b)
  const { length } = sorted
  if (length === 0) throw new RangeError('no values')
  const middle = length >> 1
  const median = length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
  return { median, min: sorted[0]!, max: sorted[length - 1]! }
}

/** Returns the ratio of the times of `slow` and `fast`, round by round. */
export function ratio(slow: readonly Lap<unknown>[], fast: readonly Lap<unknown>[]): Spread {
  return spread(slow.map((lap, i) => lap.ms / fast[i]!.ms))
}

/** Returns the ratio of the core seconds of `slow` and `fast`, round by round, or null if they are unknown. */
export function coreRatio(slow: readonly Lap<unknown>[], fast: readonly Lap<unknown>[]): Spread | null {
  const ratios = slow.map((lap, i) => (lap.cores ?? Number.NaN) / (fast[i]!.cores ?? Number.NaN))
  return ratios.length === 0 || ratios.some(Number.isNaN) ? null : spread(ratios)
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
