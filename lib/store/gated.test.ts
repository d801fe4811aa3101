import { expect, it } from 'vitest'
import { gated } from './gated'
import { sql } from './sql'
import type { Store } from './store'

/** A store whose questions wait until they are let go, one after the other. */
function slow() {
  const waiting: (() => void)[] = []
  const query = () => new Promise<never[]>((resolve) => waiting.push(() => resolve([])))
  const clock = { now: 0 }
  return { waiting, clock, store: gated({ query } as unknown as Store, 2, () => clock.now) }
}

const soon = () => new Promise(setImmediate)

it('asks no more at once than it may, in the order in which they came', async () => {
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

it('lets go who waits and leaves, and gives the place to the next', async () => {
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

it('refuses when too many wait', async () => {
  const { store } = slow()
  for (let i = 0; i < 2 + 1000; i++) void store.query(sql`select ${i}`)
  await expect(store.query(sql`select 1`)).rejects.toMatchObject({ kind: 'limit', retryAfter: 2 })
})

it('lets the newest and the oldest take turns once the line stands, so that an ordinary question is held up neither by all before it nor by all after it', async () => {
  const { waiting, clock, store } = slow()
  const over: string[] = []
  for (let i = 0; i < 20; i++) void store.query(sql`select ${i}`).then(() => over.push(String(i)))
  clock.now = 2000
  void store.query(sql`select 20`).then(() => over.push('ordinary'))
  await soon()
  for (let turn = 0; turn < 4; turn++) {
    waiting.shift()!()
    await soon()
  }
  expect(over).toEqual(['0', '1', 'ordinary', '2'])
})

it('tells who has waited long among many to come back, and keeps who waits among few', async () => {
  const { waiting, clock, store } = slow()
  const refused: number[] = []
  for (let i = 0; i < 2 + 40; i++)
    store.query(sql`select ${i}`).catch((problem: unknown) => {
      expect(problem).toMatchObject({ kind: 'busy', retryAfter: 5 })
      refused.push(i)
    })
  clock.now = 29_999
  await soon()
  waiting.shift()!()
  await soon()
  expect(refused).toEqual([])
  clock.now = 30_000
  waiting.shift()!()
  await soon()
  expect(refused).toEqual([2, 3, 4, 5, 6, 7, 8])
})
