import type { BenchData } from './data'
import type { Options } from './options'
import type { Workshop } from './workshop'

export interface Bench {
  options: Options
  workshop: Workshop
  data: BenchData
  say(line: string): void
}

/** One line of the table. */
export interface Result {
  part: string
  measured: string
  reach: string
  got: string
  /** Whether it reached that, or null where there is nothing to reach. */
  met: boolean | null
  /** What keeps it from being better. */
  bound: string
}

/** Measures one part and holds its answers against the peers'. @throws when an answer differs, or something could not be run. */
export type Part = (bench: Bench) => Promise<Result[]>
