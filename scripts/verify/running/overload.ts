import { strict as assert } from 'node:assert'
import { setMaxListeners } from 'node:events'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Random } from '@/lib/parse/test/random'
import { FEWEST } from '../../demo/blocks'
import { writeFolder } from '../../demo/write-folder'
import { failure, type Proof, type ProofRun } from '../proof'
import { withFolder } from '../world/folder'
import { peakMemory } from '../world/memory'
import { serve } from '../world/serve'
import { askOnce, browse, get, newTally, settledOf } from './load/browsers'
import { coldQuestion, DAY_END, heavyQuestion } from './load/questions'

const NAME = 'overload'
const CONNECTIONS = 2000
const HEAVY = 50
/** Interval until a refused query is repeated. Milliseconds. */
const AGAIN = 200
/** The server's own limit of an answer, longer than any browser of the storm waits: everything that ran when they left has ended by then. Milliseconds. */
const DEADLINE = 90_000
/** Limit that only ends a query that hangs: the server itself must report that it was too slow. Milliseconds. */
const HANGS = 4 * DEADLINE
const TOKEN = 'overload'
const MOST_MEMORY = 2 * 2 ** 30

/**
 * Returns the milliseconds until a new query is answered. Until then, each query must be refused with a time to retry. No query may fail, take longer than the
 * server's own limit, or be refused after everything that ran must have ended.
 */
async function recovery(url: string, random: Random): Promise<number> {
  const began = performance.now()
  for (;;) {
    const asked = performance.now() - began
    const tally = newTally()
    await askOnce(url, coldQuestion(random), tally, { patience: HANGS })
    assert.deepEqual(tally.failed, [], `not answered after the storm, asked ${Math.round(asked)} ms after it`)
    if (tally.times.length > 0) return performance.now() - began
    assert.ok(asked < DEADLINE, `shed ${Math.round(asked)} ms after the storm, when all its queries must have ended`)
    await sleep(AGAIN)
  }
}

/** Waits until the server has no other request than this one. No request of the storm may outlast its deadline. */
async function untilIdle(url: string): Promise<void> {
  const began = performance.now()
  for (;;) {
    const asked = performance.now() - began
    const response = await get(`${url}/api/metrics`, {
      headers: { authorization: `Bearer ${TOKEN}` },
      signal: AbortSignal.timeout(HANGS),
    })
    const running = /^flowlens_asks_in_flight (\d+)$/m.exec(await response.text())?.[1]
    assert.ok(running !== undefined, `no number of running requests: ${response.status}`)
    if (running === '1') return
    assert.ok(asked < DEADLINE, `${Number(running) - 1} requests of the storm still run ${Math.round(asked)} ms after it`)
    await sleep(AGAIN)
  }
}

async function run({ count, seed, signal }: ProofRun) {
  return withFolder(async (folder) => {
    const evidence = path.join(folder, 'evidence')
    await writeFolder(evidence, { seed: 1, now: DAY_END, tuples: FEWEST })
    const served = await serve(path.join(folder, 'data'), {
      FLOWLENS_SOURCES: evidence,
      FLOWLENS_LIMIT_DEADLINE: `${DEADLINE / 1000}s`,
      FLOWLENS_METRICS_TOKEN: TOKEN,
    })
    try {
      const random = new Random(seed)
      await askOnce(served.url, heavyQuestion(random), newTally())
      const began = performance.now()
      const tallies = [newTally(), newTally()] as const
      const sum = (of: (tally: (typeof tallies)[number]) => number) => tallies.reduce((total, tally) => total + of(tally), 0)
      const next = (path: string) => ({ path, cold: true })
      const storm = new AbortController()
      const closed = storm.signal
      setMaxListeners(0, closed)
      const over = () => signal.aborted || closed.aborted || sum(settledOf) >= count
      const light = { browsers: CONNECTIONS - HEAVY, pace: 1000, over, closed, next: () => next(coldQuestion(random)), tally: tallies[0] }
      const heavy = { browsers: HEAVY, pace: 0, over, closed, next: () => next(heavyQuestion(random)), tally: tallies[1] }
      const usedBefore = process.cpuUsage()
      const storming = Promise.all([browse(served.url, light), browse(served.url, heavy)])
      while (!over()) await sleep(100)
      const done = sum(settledOf)
      const seconds = (performance.now() - began) / 1000
      const used = process.cpuUsage(usedBefore)
      storm.abort()
      const recovered = await recovery(served.url, random)
      await storming
      await untilIdle(served.url)
      const calm = newTally()
      await askOnce(served.url, coldQuestion(random), calm, { patience: HANGS })
      assert.deepEqual([calm.failed, calm.shed], [[], 0], 'a server without other clients refused a query')
      const memory = peakMemory(served.child.pid!)
      const failed = tallies.flatMap((tally) => tally.failed)
      // Requests that cannot be served must be refused with a time to retry; otherwise only those are left that waited longer than a browser does.
      const broken = failed.filter((what) => /^\d{3} /.test(what))
      assert.deepEqual(broken.slice(0, 5), [], `${broken.length} answers were errors, or refusals without Retry-After`)
      assert.ok(sum(({ times }) => times.length) > 0, `nothing was answered: ${failed[0]}`)
      assert.ok(sum(({ shed }) => shed) > 0, 'nothing was shed')
      assert.equal(served.child.exitCode, null, 'the server ended')
      assert.ok(memory === null || memory < MOST_MEMORY, `peak memory ${memory}`)
      return {
        done: Math.min(done, count),
        figures: {
          answered: String(sum(({ times }) => times.length)),
          shed: String(sum(({ shed }) => shed)),
          'still waited at the end': String(sum(({ left }) => left)),
          'gave up or cut': String(failed.length),
          'asked a second': String(Math.round(done / seconds)),
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
  test: '2,000 connections and 50 heavy views at once: refused with 429 or 503 and Retry-After rather than failed, when all of them leave, ordinary questions are refused in the same way until one is answered, none of them fails or hangs, nothing of the storm still runs after the deadline of an answer, and then nothing is refused, memory is bounded.',
  unit: 'questions',
  seed: 1,
  ordinary: 2_500,
  full: 500_000,
  app: true,
  run,
}
