import { strict as assert } from 'node:assert'
import path from 'node:path'
import { percentile } from '@/bench/run'
import { Random } from '@/lib/parse/test/random'
import { FEWEST } from '../demo/blocks'
import { writeFolder } from '../demo/write-folder'
import { withFolder } from './folder'
import { browse } from './load/browsers'
import { DAY_END, questions } from './load/questions'
import { ownMemory } from './memory'
import { failure, type Proof, type Run } from './proof'
import { serve } from './serve'

const NAME = 'stays'
const BROWSERS = 200
/** Milliseconds between two requests of one browser: 100 a second of all. */
const PACE = 2000
const MIB = 2 ** 20

/** Megabytes a minute that a line through the samples rises, those of the first third left out. */
function slope(samples: readonly { at: number; bytes: number }[]): number {
  const some = samples.slice(Math.floor(samples.length / 3))
  const mean = (of: (one: { at: number; bytes: number }) => number) => some.reduce((sum, one) => sum + of(one), 0) / some.length
  const [at, bytes] = [mean((one) => one.at), mean((one) => one.bytes)]
  const rise = some.reduce((sum, one) => sum + (one.at - at) * (one.bytes - bytes), 0)
  const run = some.reduce((sum, one) => sum + (one.at - at) ** 2, 0)
  return run === 0 ? 0 : ((rise / run) * 60_000) / MIB
}

async function run({ count, seed, signal }: Run) {
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
      await served.loopDelay()
      const over = () => signal.aborted || performance.now() - began > count * 1000
      const tally = await browse(served.url, { browsers: BROWSERS, pace: PACE, over, next: questions(new Random(seed)) })
      const seconds = (performance.now() - began) / 1000
      const delay = await served.loopDelay()
      const asked = tally.times.length + tally.shed + tally.failed.length
      assert.deepEqual(tally.failed.slice(0, 5), [], `${tally.failed.length} of ${asked} requests failed`)
      assert.ok(tally.times.length >= tally.shed, `${tally.shed} of ${asked} requests were shed`)
      const ms = (value: number) => `${Math.round(value)} ms`
      return {
        done: Math.min(count, Math.floor(seconds)),
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
  test: '200 virtual browsers ask 100 questions a second, a third of which nobody asked before: no errors.',
  unit: 'seconds',
  seed: 1,
  ordinary: 20,
  full: 3600,
  app: true,
  run,
}
