import { setTimeout as sleep } from 'node:timers/promises'
import { mustAgree } from '../compare'
import { blobTuples } from '../logs/data'
import type { Bench, Result } from '../part'
import { amount, ms } from '../report/figures'
import { percentile } from '../run'
import { askServer } from '../served/ask-server'
import { serve } from '../served/server'

const BLOBS = 80
/** Interval between two health checks. Milliseconds. */
const EVERY = 50
const MOST_DELAY = 50
const MOST_HEALTH = 100

/** Checks health at a steady pace, whether or not the last answer has arrived, until `over` is true. Returns the response times in milliseconds. */
async function askHealth(url: string, over: () => boolean): Promise<number[]> {
  const answers: Promise<number>[] = []
  while (!over()) {
    const begun = performance.now()
    const asked = fetch(`${url}/api/health`).then(async (response) => {
      await response.text()
      if (!response.ok) throw new Error(`/api/health answered ${response.status}`)
      return performance.now() - begun
    })
    answers.push(asked)
    await sleep(EVERY)
  }
  return Promise.all(answers)
}

/** Measures whether the server still answers others while it loads. */
export async function alive(bench: Bench): Promise<Result[]> {
  const { options, say } = bench
  const data = bench.data.day(BLOBS, blobTuples(options.scale))
  const truth = await bench.data.truth(data)
  const server = await serve(bench, { FLOWLENS_SOURCES: data.folder })
  try {
    await server.loopDelay()
    let over = false
    const asking = askServer(server.url, data).finally(() => {
      over = true
    })
    const [{ ms: took, answers }, health] = await Promise.all([asking, askHealth(server.url, () => over)])
    mustAgree('alive', answers, truth, 'DuckDB')
    const delay = await server.loopDelay()
    say(`loading took ${ms(took)}; loop delay p50 ${ms(delay.p50)}, p99 ${ms(delay.p99)}, most ${ms(delay.max)}`)
    const p99 = percentile(health, 0.99)
    say(`health: ${health.length} answers, p50 ${ms(percentile(health, 0.5))}, p99 ${ms(p99)}, most ${ms(Math.max(...health))}`)
    const measured = `while ${amount(data.tuples)} tuples are loaded and asked for`
    return [
      {
        part: 'stays alive',
        measured: `${measured}: event-loop delay p99`,
        reach: `${MOST_DELAY} ms`,
        got: ms(delay.p99),
        met: delay.p99 <= MOST_DELAY,
        bound: 'parsing and storing run on their own threads; messages and JSON remain',
      },
      {
        part: 'stays alive',
        measured: `${measured}: /api/health p99 at ${1000 / EVERY} requests a second`,
        reach: `${MOST_HEALTH} ms`,
        got: ms(p99),
        met: p99 <= MOST_HEALTH,
        bound: 'four busy threads on two cores: the main thread waits for its turn',
      },
    ]
  } finally {
    await server.stop()
  }
}
