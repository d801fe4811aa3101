import { strict as assert } from 'node:assert'
import path from 'node:path'
import { percentile } from '@/bench/run'
import { Random } from '@/lib/parse/test/random'
import { FEWEST } from '../../demo/blocks'
import { writeFolder } from '../../demo/write-folder'
import { failure, type Proof, type ProofRun } from '../proof'
import { withFolder } from '../world/folder'
import { ownMemory } from '../world/memory'
import { serve } from '../world/serve'
import { askOnce, browse, newTally } from './load/browsers'
import { coldQuestion, DAY_END, questions } from './load/questions'

const NAME = 'stays'
const BROWSERS = 200
/** Minimum time between two requests of one browser, so that all together send at most 100 queries per second. Milliseconds. */
const PACE = 2000
/** Queries of the trial that measures this machine, and how many of them run at the same time. */
const TRIAL = 60
const AT_ONCE = 4
/** Share of the trial's rate that the browsers request. */
const SHARE = 0.5
const MIB = 2 ** 20
const MOST_MEMORY = 2048 * MIB

type Next = () => { path: string; cold: boolean }

/** Lets browsers send `count` queries in total. */
function askMany(url: string, browsers: number, pace: number, count: number, next: Next, signal?: AbortSignal) {
  let asked = 0
  const over = () => signal?.aborted === true || asked >= count
  const counted = () => {
    asked++
    return next()
  }
  return browse(url, { browsers, pace, over, next: counted })
}

/** Returns the milliseconds between two requests of one browser for which all browsers request a share of this machine's rate. */
async function paceHere(url: string, next: Next): Promise<number> {
  await askMany(url, AT_ONCE, 0, TRIAL, next)
  const began = performance.now()
  await askMany(url, AT_ONCE, 0, TRIAL, next)
  const each = (performance.now() - began) / TRIAL
  return Math.max(PACE, (BROWSERS * each) / SHARE)
}

/** Returns the slope of a line through the samples in megabytes per minute, without the first third. */
function slope(samples: readonly { at: number; bytes: number }[]): number {
  const some = samples.slice(Math.floor(samples.length / 3))
  const mean = (of: (one: { at: number; bytes: number }) => number) => some.reduce((sum, one) => sum + of(one), 0) / some.length
  const [at, bytes] = [mean((one) => one.at), mean((one) => one.bytes)]
  const rise = some.reduce((sum, one) => sum + (one.at - at) * (one.bytes - bytes), 0)
  const run = some.reduce((sum, one) => sum + (one.at - at) ** 2, 0)
  return run === 0 ? 0 : ((rise / run) * 60_000) / MIB
}

async function run({ count, seed, signal }: ProofRun) {
  return withFolder(async (folder) => {
    const evidence = path.join(folder, 'evidence')
    await writeFolder(evidence, { seed: 1, now: DAY_END, tuples: FEWEST })
    const served = await serve(path.join(folder, 'data'), { FLOWLENS_SOURCES: evidence })
    const samples: { at: number; bytes: number }[] = []
    const began = performance.now()
    const sampler = setInterval(() => {
      const memory = ownMemory(served.child.pid!)
      if (memory !== null) samples.push({ at: performance.now() - began, bytes: memory })
    }, 500)
    try {
      const random = new Random(seed)
      const next = questions(random)
      const pace = await paceHere(served.url, next)
      await served.loopDelay()
      const loaded = performance.now()
      const tally = await askMany(served.url, BROWSERS, pace, count, next, signal)
      const seconds = (performance.now() - loaded) / 1000
      const delay = await served.loopDelay()
      const asked = tally.times.length + tally.shed + tally.failed.length
      assert.deepEqual(
        tally.failed.slice(0, 5),
        [],
        `${tally.failed.length} of ${asked} requests failed, or were refused without Retry-After`,
      )
      assert.ok(tally.times.length > 0, 'nothing was answered')
      const after = newTally()
      await askOnce(served.url, coldQuestion(random), after)
      assert.equal(after.times.length, 1, `not answered after the load: ${after.failed[0] ?? 'refused'}`)
      const most = Math.max(0, ...samples.map(({ bytes }) => bytes))
      assert.ok(most < MOST_MEMORY, `the server took ${most} bytes`)
      const ms = (value: number) => `${Math.round(value)} ms`
      return {
        done: asked,
        figures: {
          'requests a second': (asked / seconds).toFixed(0),
          cold: `${Math.round((100 * tally.cold) / asked)} %`,
          errors: '0',
          shed: String(tally.shed),
          p50: ms(percentile(tally.times, 0.5)),
          p95: ms(percentile(tally.times, 0.95)),
          p99: ms(percentile(tally.times, 0.99)),
          'event-loop delay p99': ms(delay.p99),
          memory: `${Math.round((samples.at(-1)?.bytes ?? 0) / MIB)} MiB, ${slope(samples).toFixed(0)} MiB a minute`,
        },
      }
    } catch (error) {
      throw failure(NAME, seed, error, count)
    } finally {
      clearInterval(sampler)
      await served.kill()
    }
  })
}

export const stays: Proof = {
  name: NAME,
  promise: 'It stays up',
  test: '200 virtual browsers ask half of what this machine was first seen to answer, at most 100 questions a second, a third of which nobody asked before: every one is answered or refused with Retry-After, and memory is bounded.',
  unit: 'questions',
  seed: 1,
  ordinary: 200,
  full: 360_000,
  app: true,
  run,
}
