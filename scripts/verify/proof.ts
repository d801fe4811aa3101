/** What a run found, in words for the table: `memory slope` → `1.2 MB a minute`. */
export type Figures = Readonly<Record<string, string>>

export interface Run {
  /** How many of the proof's unit to do. */
  count: number
  /** Case `i` is made from `seed + i` and from nothing else. */
  seed: number
  /** Stops between two cases; what was done until then stands. */
  signal: AbortSignal
}

/** One promise as a test: everything in it comes from a seed, and it throws when the promise is broken. */
export interface Proof {
  /** As the command line names it. */
  name: string
  promise: string
  /** What is done, in a sentence. */
  test: string
  /** What is counted: `mutations`, `seeds`, `seconds`. */
  unit: string
  seed: number
  /** On every change, from a seed that the commit decides. */
  ordinary: number
  /** How many of these one test does: it takes seconds, so that none comes near its limit on a slow machine. All of them when not set. */
  perTest?: number
  full: number
  /** Needs the built app. */
  app?: boolean
  /** Resolves with how many were done. Rejects with a message that says how to replay. */
  run(run: Run): Promise<{ done: number; figures?: Figures }>
}

/** Told with what went wrong: one command runs that very case again. */
export function replay(name: string, seed: number | string, count = 1): string {
  return `Replay: npm run verify -- ${name} --count ${count} --seed ${seed}`
}

/** An error of one case, with its seed and the command that replays it. */
export function failure(name: string, seed: number, cause: unknown, count = 1): Error {
  const what = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)
  return new Error(`${name}, seed ${seed}: ${what}\n${replay(name, seed, count)}`, { cause })
}

/** Runs case after case until `count` or the signal; gives how many were done. */
export async function eachCase(name: string, { count, seed, signal }: Run, one: (seed: number) => Promise<void>): Promise<number> {
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
