import { failure, type Proof, type ProofRun } from '../proof'
import { CASES } from './disk/cases'

const NAME = 'disk'

async function run({ count, seed, signal }: ProofRun) {
  const outcomes = new Map<string, number>()
  let done = 0
  for (; done < count && !signal.aborted; done++) {
    const { name, check } = CASES[(seed + done - 1) % CASES.length]!
    try {
      const outcome = await check(seed + done)
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
    } catch (error) {
      throw failure(NAME, seed + done, new Error(`${name}: ${error instanceof Error ? error.stack : error}`, { cause: error }))
    }
  }
  return { done, figures: Object.fromEntries([...outcomes].map(([outcome, times]) => [outcome, String(times)])) }
}

export const disk: Proof = {
  name: NAME,
  promise: 'A full or broken disk gives no wrong answer',
  test: 'ENOSPC, EIO, short writes, a read-only, missing and vanishing data directory, and flipped bits in the engine’s file and in spool files: the right answer by reading again, or a clear error. A server whose disk fills or whose data directory is emptied or damaged says 503, names no path, and answers rightly again without a new start.',
  unit: 'cases',
  seed: 1,
  ordinary: 6,
  perTest: 2,
  full: CASES.length,
  app: true,
  run,
}
