import { strict as assert } from 'node:assert'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Random } from '@/lib/parse/test/random'
import { FEWEST } from '../demo/blocks'
import { writeFolder } from '../demo/write-folder'
import { withFolder } from './folder'
import { askOnce, browse, newTally } from './load/browsers'
import { coldQuestion, DAY_END, heavyQuestion } from './load/questions'
import { peakMemory } from './memory'
import { failure, type Proof, type Run } from './proof'
import { serve } from './serve'

const NAME = 'overload'
const CONNECTIONS = 2000
const HEAVY = 50
/** Milliseconds after the storm within which an ordinary question is answered again. */
const RECOVERY = 10_000
const MOST_MEMORY = 2 * 2 ** 30

/** Milliseconds from now until a question nobody asked before is answered. */
async function recovery(url: string, random: Random): Promise<number> {
  const began = performance.now()
  for (;;) {
    const tally = newTally()
    await askOnce(url, coldQuestion(random), tally, RECOVERY)
    const took = performance.now() - began
    if (tally.times.length > 0) return took
    assert.ok(took < RECOVERY, `not answered ${Math.round(took)} ms after the storm: ${tally.failed[0] ?? 'shed'}`)
    await sleep(100)
  }
}

async function run({ count, seed, signal }: Run) {
  return withFolder(async (folder) => {
    const evidence = path.join(folder, 'evidence')
    await writeFolder(evidence, { seed: 1, now: DAY_END, tuples: FEWEST })
    const served = await serve(path.join(folder, 'data'), { FLOWLENS_SOURCES: evidence })
    try {
      const random = new Random(seed)
      await askOnce(served.url, heavyQuestion(random), newTally())
      const began = performance.now()
      const over = () => signal.aborted || performance.now() - began > count * 1000
      const light = { browsers: CONNECTIONS, pace: 1000, over, next: () => ({ path: coldQuestion(random), cold: true }) }
      const heavy = { browsers: HEAVY, pace: 0, over, next: () => ({ path: heavyQuestion(random), cold: true }) }
      const tallies = await Promise.all([browse(served.url, light), browse(served.url, heavy)])
      const seconds = Math.round((performance.now() - began) / 1000)
      const recovered = await recovery(served.url, random)
      const memory = peakMemory(served.child.pid!)
      const sum = (of: (tally: (typeof tallies)[number]) => number) => tallies.reduce((total, tally) => total + of(tally), 0)
      // Who cannot be served is told so; what is left are those that waited longer than a browser does.
      const broken = tallies.flatMap(({ failed }) => failed.filter((what) => /^5(?!03)/.test(what)))
      assert.deepEqual(broken.slice(0, 5), [], `${broken.length} answers were errors, not refusals`)
      assert.equal(served.child.exitCode, null, 'the server ended')
      assert.ok(memory === null || memory < MOST_MEMORY, `peak memory ${memory}`)
      return {
        done: Math.min(count, seconds),
        figures: {
          answered: String(sum(({ times }) => times.length)),
          shed: String(sum(({ shed }) => shed)),
          'gave up or cut': String(sum(({ failed }) => failed.length)),
          'recovered after': `${Math.round(recovered)} ms`,
          'peak memory': memory === null ? 'not told here' : `${Math.round(memory / 2 ** 20)} MiB`,
        },
      }
    } catch (error) {
      throw failure(NAME, seed, error, count)
    } finally {
      await served.kill()
    }
  })
}

export const overload: Proof = {
  name: NAME,
  promise: 'Overload is shed',
  test: '2,000 connections and 50 heavy views at once: refused with 429 or 503 and Retry-After rather than failed, an ordinary question is answered within 10 s afterwards, memory is bounded.',
  unit: 'seconds',
  seed: 1,
  ordinary: null,
  full: 600,
  app: true,
  run,
}
