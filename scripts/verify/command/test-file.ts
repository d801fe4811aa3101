import { runQuietly } from '../../process/child'
import { failure, type ProofRun } from '../proof'

/** The variable with the number of cases for a test file; the seed is passed as for every test. */
const CASES = 'FLOWLENS_TEST_CASES'

/** Runs the cases of a proof whose test replaces modules, and which therefore needs Vitest: `most` cases at a time. */
export async function runTestFile(name: string, file: string, most: number, { count, seed, signal }: ProofRun): Promise<{ done: number }> {
  let done = 0
  while (done < count && !signal.aborted) {
    const some = Math.min(most, count - done)
    const env = { ...process.env, [CASES]: String(some), FLOWLENS_TEST_SEED: String(seed + done) }
    const { code, output } = await runQuietly(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', file], env)
    if (code !== 0) throw failure(name, seed + done, new Error(output), some)
    done += some
  }
  return { done }
}
