import { setMaxListeners } from 'node:events'
import { expect, it, vi } from 'vitest'
import { gated } from './gated'
import { sql } from './sql'
import type { Store } from './store'

/** A store whose queries wait until they are released, one by one. */
function slow() {
  const waiting: (() => void)[] = []
  const query = () => new Promise<never[]>((resolve) => waiting.push(() => resolve([])))
  const clock = { now: 0 }
  return { waiting, clock, store: gated({ query } as unknown as Store, 2, () => clock.now) }
}

const client = () => new AbortController().signal
const soon = () => new Promise(setImmediate)

it('limits the number of running queries, and keeps their order', async () => {
  const { waiting, store } = slow()
  const over: number[] = []
  const all = [0, 1, 2, 3].map((i) => store.query(sql`select ${i}`).then(() => over.push(i)))
  await soon()
  expect(waiting).toHaveLength(2)
  while (waiting.length > 0) {
    waiting.shift()!()
    await soon()
  }
  await Promise.all(all)
  expect(over).toEqual([0, 1, 2, 3])
})

it('releases a query that is cancelled while it waits, and gives its place to the next', async () => {
  const { waiting, store } = slow()
  const held = [store.query(sql`select 1`), store.query(sql`select 2`)]
  const stop = new AbortController()
  const left = expect(store.query(sql`select 3`, stop.signal)).rejects.toMatchObject({ kind: 'cancelled' })
  const last = store.query(sql`select 4`)
  stop.abort()
  await left
  for (let turn = 0; turn < 3; turn++) {
    waiting.shift()?.()
    await soon()
  }
  await Promise.all([...held, last])
})

it('refuses if too many wait', async () => {
  const { store } = slow()
  for (let i = 0; i < 2 + 1000; i++) void store.query(sql`select ${i}`)
  await expect(store.query(sql`select 1`)).rejects.toMatchObject({ kind: 'limit', retryAfter: 2 })
})

it('alternates between the newest and the oldest query once the line stalls', async () => {
  const { waiting, clock, store } = slow()
  const over: string[] = []
  for (let i = 0; i < 12; i++) void store.query(sql`select ${i}`).then(() => over.push(String(i)))
  clock.now = 500
  void store.query(sql`select 12`).then(() => over.push('ordinary'))
  await soon()
  for (let turn = 0; turn < 4; turn++) {
    waiting.shift()!()
    await soon()
  }
  expect(over).toEqual(['0', '1', 'ordinary', '2'])
})

it('tells who has waited long among many askers to come back, and keeps who waits among few', async () => {
  const { waiting, clock, store } = slow()
  const refused: number[] = []
  const ask = (i: number, signal = client()) =>
    store.query(sql`select ${i}`, signal).catch((problem: unknown) => {
      expect(problem).toMatchObject({ kind: 'busy', retryAfter: 2 })
      refused.push(i)
    })
  const page = client()
  setMaxListeners(0, page)
  for (let i = 0; i < 2 + 40; i++) void ask(i, page)
  await soon()
  clock.now = 10_000
  waiting.shift()!()
  await soon()
  expect(refused).toEqual([])
  for (let i = 100; i < 115; i++) void ask(i)
  clock.now = 11_499
  void ask(115)
  await soon()
  // The page has waited before; the others have not waited long enough.
  expect(refused).toEqual(Array.from({ length: 39 }, (_, i) => i + 2))
  for (let i = 116; i < 118; i++) void ask(i)
  await soon()
  expect(refused).toHaveLength(39)
  clock.now = 11_500
  waiting.shift()!()
  await soon()
  expect(refused.slice(39)).toEqual(Array.from({ length: 15 }, (_, i) => i + 100))
})

it('counts what an asker has waited for one query after the other', async () => {
  const { waiting, clock, store } = slow()
  const asker = client()
  void store.query(sql`select 1`)
  void store.query(sql`select 2`)
  const first = store.query(sql`select 3`, asker)
  await soon()
  clock.now = 1000
  waiting.shift()!()
  await soon()
  waiting.pop()!()
  await first
  void store.query(sql`select 4`)
  const second = expect(store.query(sql`select 5`, asker)).rejects.toMatchObject({ kind: 'busy' })
  for (let i = 0; i < 20; i++) void store.query(sql`select ${i}`, client()).catch(() => {})
  clock.now = 1500
  waiting.shift()!()
  await second
})

it('tells so in time though nobody leaves', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  try {
    const { clock, store } = slow()
    const told = Promise.allSettled(Array.from({ length: 17 }, (_, i) => store.query(sql`select ${i}`, client())).slice(2))
    const later = Promise.allSettled([store.query(sql`select 17`, client()), store.query(sql`select 18`, client())])
    clock.now = 1500
    vi.advanceTimersByTime(1500)
    expect((await Promise.all([told, later])).flat().map(({ status }) => status)).toEqual(Array(17).fill('rejected'))
  } finally {
    vi.useRealTimers()
  }
})

it('never tells so to queries of no client, nor counts them', async () => {
  const { waiting, clock, store } = slow()
  const own = Promise.all(Array.from({ length: 30 }, (_, i) => store.query(sql`select ${i}`)))
  const few = Promise.all(Array.from({ length: 16 }, (_, i) => store.query(sql`select ${30 + i}`, client())))
  clock.now = 60_000
  const last = store.query(sql`select 46`, client())
  const refused = expect(few).rejects.toMatchObject({ kind: 'busy' })
  for (let turn = 0; turn < 60; turn++) {
    waiting.shift()?.()
    await soon()
  }
  await Promise.all([own, last, refused])
})

it('lets half as many streams at once work on their first rows, and any number wait for their readers', async () => {
  const begun: number[] = []
  const first: (() => void)[] = []
  async function* stream(_: unknown, signal?: AbortSignal) {
    begun.push(begun.length)
    await new Promise<void>((resolve, reject) => {
      first.push(resolve)
      signal?.addEventListener('abort', reject)
    })
    yield [1]
    yield [2]
  }
  const store = gated({ stream } as unknown as Store, 4)
  const stop = new AbortController()
  const signals = [undefined, stop.signal, undefined, undefined, undefined]
  const streams = signals.map((signal) => store.stream<number>(sql`select 1`, signal)[Symbol.asyncIterator]())
  const heads = streams.map((one) => one.next().catch(() => 'stopped'))
  await soon()
  expect(begun).toHaveLength(2)
  first[0]!()
  expect(await heads[0]).toEqual({ done: false, value: [1] })
  await soon()
  expect(begun).toHaveLength(3)
  stop.abort()
  expect(await heads[1]).toBe('stopped')
  await soon()
  expect(begun).toHaveLength(4)
  expect(await streams[0]!.next()).toEqual({ done: false, value: [2] })
  first[2]!()
  await heads[2]
  await streams[2]!.return?.()
  await soon()
  expect(begun).toHaveLength(5)
})
