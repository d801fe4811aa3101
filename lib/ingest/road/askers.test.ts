import { setImmediate } from 'node:timers/promises'
import { beforeEach, describe, expect, it } from 'vitest'
import { Problem } from '@/lib/flow/problem'
import { MemorySource } from '../test/memory-source'
import { Askers } from './askers'

const PATIENCE = { usual: 60, troubled: 20 }
const never = new AbortController().signal

/** A source whose listing ends when `answer` or `fail` is called. */
class SlowSource extends MemorySource {
  asked = 0
  aborted = 0
  last = 0
  readonly heard = () => this.last
  answer: (names: string[]) => void = () => {}
  fail: (problem: Problem) => void = () => {}

  names(signal: AbortSignal): Promise<string[]> {
    this.asked++
    signal.addEventListener('abort', () => this.aborted++)
    return new Promise((resolve, reject) => {
      this.answer = resolve
      this.fail = reject
    })
  }
}

let fast: MemorySource
let slow: SlowSource
let askers: Askers
let now: number

beforeEach(() => {
  fast = new MemorySource('memory:fast')
  slow = new SlowSource('memory:slow')
  now = 0
  askers = new Askers([fast, slow], () => now, PATIENCE)
})

const ask = (signal = never) => askers.all(signal, async (source, _, own) => (source === slow ? slow.names(own) : ['fast']))

describe('a source whose storage sends nothing', () => {
  it('is left out of the answer, and asked on', async () => {
    const first = await ask()
    expect(first.results).toEqual([['fast']])
    expect(first.failed).toMatchObject([
      {
        source: slow,
        problem: { kind: 'source', message: 'memory:slow has sent nothing for 0.06 s: the answer does not wait for it any longer' },
      },
    ])
    now += 60_000
    expect((await ask()).failed).toHaveLength(1)
    expect([slow.asked, slow.aborted]).toEqual([1, 0])
    slow.answer(['late'])
    await setImmediate()
    const third = ask()
    slow.answer(['slow'])
    expect(await third).toMatchObject({ results: [['fast'], ['slow']], failed: [] })
  })

  it('is asked again in vain without a question that waits, and tells its own reason then', async () => {
    await ask()
    slow.fail(new Problem('source', 'memory:slow refused the connection'))
    await setImmediate()
    now += 5000
    const begun = performance.now()
    const { failed } = await ask()
    expect(failed).toMatchObject([{ problem: { message: 'memory:slow refused the connection' } }])
    expect(slow.asked).toBe(2)
    expect(performance.now() - begun).toBeGreaterThanOrEqual(PATIENCE.troubled - 1)
    slow.answer(['slow'])
    await setImmediate()
    const again = ask()
    slow.answer(['slow'])
    expect(await again).toMatchObject({ failed: [] })
  })

  it('is not asked on for somebody who leaves', async () => {
    const leaver = new AbortController()
    const asked = ask(leaver.signal)
    leaver.abort()
    slow.fail(new Problem('cancelled', 'Listing was cancelled'))
    await expect(asked).rejects.toMatchObject({ kind: 'cancelled' })
    expect(slow.aborted).toBe(1)
  })
})

it('waits for a source as long as its storage sends something', async () => {
  const alive = setInterval(() => {
    slow.last = performance.now()
  }, 5)
  setTimeout(() => slow.answer(['slow']), 10 * PATIENCE.usual)
  const { failed, results } = await ask()
  clearInterval(alive)
  expect([failed, results]).toEqual([[], [['fast'], ['slow']]])
})

it('waits for a source that cannot tell whether its storage sends anything', async () => {
  Object.assign(slow, { heard: undefined })
  setTimeout(() => slow.answer(['slow']), 10 * PATIENCE.usual)
  expect(await ask()).toMatchObject({ failed: [], results: [['fast'], ['slow']] })
})
