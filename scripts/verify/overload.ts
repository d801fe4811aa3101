import { strict as assert } from 'node:assert'
import { setMaxListeners } from 'node:events'
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
/** Who was refused asks again after this. Milliseconds. */
const AGAIN = 200
const MOST_MEMORY = 2 * 2 ** 30

/** Milliseconds from now until a question nobody asked before is answered. */
async function recovery(url: string, random: Random): Promise<number> {
  const began = performance.now()
  for (;;) {
    const tally = newTally()
    await askOnce(url, coldQuestion(random), tally, { patience: RECOVERY })
    const took = performance.now() - began
    if (tally.times.length > 0) return took
    assert.ok(took < RECOVERY, `not answered ${Math.round(took)} ms after the storm: ${tally.failed[0] ?? 'shed'}`)
    await sleep(AGAIN)
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
      const storm = new AbortController()
      const closed = storm.signal
      setMaxListeners(0, closed)
      const over = () => signal.aborted || closed.aborted || performance.now() - began > count * 1000
      const light = { browsers: CONNECTIONS, pace: 1000, over, closed, next: () => ({ path: coldQuestion(random), cold: true }) }
      const heavy = { browsers: HEAVY, pace: 0, over, closed, next: () => ({ path: heavyQuestion(random), cold: true }) }
      const usedBefore = process.cpuUsage()
      const asked = Promise.all([browse(served.url, light), browse(served.url, heavy)])
      while (!over()) await sleep(100)
      const seconds = (performance.now() - began) / 1000
      const used = process.cpuUsage(usedBefore)
      storm.abort()
      const recovered = await recovery(served.url, random)
      const tallies = await asked
      const memory = peakMemory(served.child.pid!)
      const sum = (of: (tally: (typeof tallies)[number]) => number) => tallies.reduce((total, tally) => total + of(tally), 0)
      const failed = tallies.flatMap((tally) => tally.failed)
      // Who cannot be served is told so, and when to come back; what is left are those that waited longer than a browser does.
      const broken = failed.filter((what) => /^\d{3} /.test(what))
      assert.deepEqual(broken.slice(0, 5), [], `${broken.length} answers were errors, or refusals without Retry-After`)
      assert.ok(sum(({ times }) => times.length) > 0, `nothing was answered: ${failed[0]}`)
      assert.ok(sum(({ shed }) => shed) > 0, 'nothing was shed')
      assert.equal(served.child.exitCode, null, 'the server ended')
      assert.ok(memory === null || memory < MOST_MEMORY, `peak memory ${memory}`)
      return {
        done: Math.min(count, Math.round(seconds)),
        figures: {
          answered: String(sum(({ times }) => times.length)),
          shed: String(sum(({ shed }) => shed)),
          'still waited at the end': String(sum(({ left }) => left)),
          'gave up or cut': String(failed.length),
          'asked a second': String(Math.round(sum(({ times, shed, failed }) => times.length + shed + failed.length) / seconds)),
          'processor time of who asks': `${Math.round((used.user + used.system) / 1e4 / seconds)} % of a core`,
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
  test: '2,000 connections and 50 heavy views at once: refused with 429 or 503 and Retry-After rather than failed, an ordinary question is answered within 10 s of the moment when all of them leave, memory is bounded.',
  unit: 'seconds',
  seed: 1,
  ordinary: null,
  full: 600,
  app: true,
  run,
}
