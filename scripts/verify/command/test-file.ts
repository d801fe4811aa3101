import { runQuietly } from '../../process/child'
import { failure, type Run } from '../proof'

/** The variable that tells a test file how many cases to do; the seed comes as for every test. */
const CASES = 'FLOWLENS_TEST_CASES'

/** Runs the cases of a proof whose test replaces modules, and so can only be run by Vitest: so many in one go, then the next ones. */
export async function runTestFile(name: string, file: string, most: number, { count, seed, signal }: Run): Promise<{ done: number }> {
  let done = 0
  while (done < count && !signal.aborted) {
    const some = Math.min(most, count - done)
    const env = { ...process.env, [CASES]: String(some), FLOWLENS_TEST_SEED: String(seed + done) }
    const { code, output } = await runQuietly(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', '--project=unit', file], env)
    if (code !== 0) throw failure(name, seed + done, new Error(output), some)
    done += some
  }
  return { done }
}
