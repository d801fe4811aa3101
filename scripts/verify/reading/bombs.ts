import { strict as assert } from 'node:assert'
import path from 'node:path'
import { percentile } from '@/bench/run'
import type { CoverageProblem } from '@/lib/flow/answer/answer'
import type { TimelineAnswer } from '@/lib/flow/answer/traffic/timeline'
import { failure, type Proof, type ProofRun } from '../proof'
import { withFolder } from '../world/folder'
import { watchHealth } from '../world/health-watch'
import { serve } from '../world/serve'
import { FLAGS, MEMORY, SETTINGS, watchMemory } from '../world/small-container'
import { craft } from './bombs/craft'

const NAME = 'bombs'
/** Limit for a health answer in milliseconds, besides waiting for a core. */
const HEALTHY = 1000
/** Limit for reading everything. Milliseconds. */
const PATIENCE = 240_000
const RANGE = 'from=2024-08-11T00:00:00Z&to=2024-08-14T00:00:00Z'

async function ask(url: string): Promise<{ coverage: { tuples: number; malformed: number; problems: CoverageProblem[] } }> {
  const response = await fetch(`${url}/api/timeline?${RANGE}`, { signal: AbortSignal.timeout(PATIENCE) })
  const body = await response.text()
  assert.equal(response.status, 200, body.slice(0, 500))
  return JSON.parse(body) as TimelineAnswer
}

async function run({ count, seed }: ProofRun) {
  return withFolder(async (folder) => {
    const evidence = path.join(folder, 'evidence')
    const kinds = new Set(craft(evidence, count, seed))
    const served = await serve(path.join(folder, 'data'), { FLOWLENS_SOURCES: evidence, ...SETTINGS }, FLAGS)
    const memory = watchMemory(() => served.child)
    try {
      const health = watchHealth(served)
      const { coverage } = await ask(served.url)
      const again = await ask(served.url)
      const { times, failures } = await health.stop()
      assert.deepEqual([again.coverage.tuples, again.coverage.malformed], [coverage.tuples, coverage.malformed])
      assert.ok(coverage.malformed > 0 && coverage.problems.length > 0, 'nothing was refused')
      assert.deepEqual(failures, [], 'health did not answer')
      const longest = Math.max(...times)
      assert.ok(longest < HEALTHY, `health took ${longest} ms besides waiting for a core`)
      const most = memory.stop()
      assert.ok(most < MEMORY, `the server took ${most} bytes`)
      return {
        done: count,
        figures: {
          kinds: String(kinds.size),
          'rows that were good': String(coverage.tuples),
          'refused with reasons': String(coverage.malformed),
          'memory at most': most === 0 ? 'not told here' : `${Math.round(most / 2 ** 20)} MiB`,
          'health at most': `${Math.round(longest)} ms (p99 ${Math.round(percentile(times, 0.99))} ms)`,
        },
      }
    } catch (error) {
      throw failure(NAME, seed, error, count)
    } finally {
      memory.stop()
      await served.kill()
    }
  })
}

export const bombs: Proof = {
  name: NAME,
  promise: 'Bombs are refused',
  test: 'A server held to 512 MB reads crafted files (huge numbers, depth, keys, strings, gzip, links, pipes, 600 MB in one line): health answers within a second throughout, besides waiting for a core, what is good counts, what is refused is named.',
  unit: 'files',
  seed: 1,
  ordinary: 100,
  full: 200,
  app: true,
  run,
}
