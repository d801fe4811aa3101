import type { BenchData } from './logs/data'
import type { Workshop } from './logs/workshop'
import type { Options } from './options'

export interface Bench {
  options: Options
  workshop: Workshop
  data: BenchData
  say(line: string): void
}

/** A chart of several contenders: the values of each at every point. */
export interface Chart {
  title: string
  /** Unit of the values. */
  unit: string
  /** Label of the points. */
  along: string
  points: readonly string[]
  lines: readonly { name: string; values: readonly number[] }[]
}

/** One line of the table. */
export interface Result {
  part: string
  measured: string
  reach: string
  got: string
  /** True if it reached its target, or null when it has none. */
  met: boolean | null
  /** The bottleneck. */
  bound: string
  chart?: Chart
}

/** Measures one part and compares its answers with the peers'. @throws when an answer differs, or something could not run. */
export type Part = (bench: Bench) => Promise<Result[]>
