import { inspect } from 'node:util'

/** The results of a run in words for the table: `memory slope` → `1.2 MB a minute`. */
export type Figures = Readonly<Record<string, string>>

export interface ProofRun {
  /** Number of units to run. */
  count: number
  /** Case `i` depends only on `seed + i`. */
  seed: number
  /** Stops between two cases; those done before count. */
  signal: AbortSignal
}

/** One promise as a test: everything in it depends on a seed, and it throws if the promise is broken. */
export interface Proof {
  /** Name on the command line. */
  name: string
  promise: string
  /** Description of the test, one sentence. */
  test: string
  /** Unit of the counts: `mutations`, `seeds`, `seconds`. */
  unit: string
  seed: number
  /** Count for every change, from a seed that the commit determines. */
  ordinary: number
  /** Units in one test: it takes seconds, so that no test comes near its limit on a slow machine. All of them if not set. */
  perTest?: number
  full: number
  /** Needs the built app. */
  app?: boolean
  /** Resolves to the number of units done. Rejects with a message that says how to replay. */
  run(run: ProofRun): Promise<{ done: number; figures?: Figures }>
}

/** Returns the command that runs this case again. */
export function replay(name: string, seed: number | string, count = 1): string {
  return `Replay: npm run verify -- ${name} --count ${count} --seed ${seed}`
}

/** Returns the error of one case, with its seed and the command that replays it. */
export function failure(name: string, seed: number, cause: unknown, count = 1): Error {
  const what = cause instanceof Error ? inspect(cause, { depth: 4, colors: false }) : String(cause)
  return new Error(`${name}, seed ${seed}: ${what}\n${replay(name, seed, count)}`, { cause })
}

/** Runs cases until `count` or the signal. Returns the number of cases. */
export async function eachCase(name: string, { count, seed, signal }: ProofRun, one: (seed: number) => Promise<void>): Promise<number> {
  for (let i = 0; i < count; i++) {
    if (signal.aborted) return i
    try {
      await one(seed + i)
    } catch (error) {
      throw failure(name, seed + i, error)
    }
  }
  return count
}
