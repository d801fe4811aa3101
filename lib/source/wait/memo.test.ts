import { expect, test, vi } from 'vitest'
import { Memo } from './memo'

const never = new AbortController().signal
const keep = () => 100

function held<T>() {
  let resolve: (value: T) => void = () => {}
  const promise = new Promise<T>((yes) => {
    resolve = yes
  })
  return { promise, resolve }
}

test('shares work in flight and keeps its result for a while', async () => {
  let now = 0
  const memo = new Memo<number>(() => now)
  const work = vi.fn(async () => work.mock.calls.length)
  expect(await Promise.all([memo.get('a', never, keep, work), memo.get('a', never, keep, work)])).toEqual([1, 1])
  now = 99
  expect(await memo.get('a', never, keep, work)).toBe(1)
  now = 100
  expect(await memo.get('a', never, keep, work)).toBe(2)
  expect(await memo.get('b', never, keep, work)).toBe(3)
})

test('forgets a failure at once', async () => {
  const memo = new Memo<number>()
  const work = vi.fn().mockRejectedValueOnce(new Error('first')).mockResolvedValueOnce(2)
  await expect(memo.get('a', never, keep, work)).rejects.toThrow('first')
  expect(await memo.get('a', never, keep, work)).toBe(2)
})

test('a caller who aborts does not affect the others', async () => {
  const memo = new Memo<number>()
  const { promise, resolve } = held<number>()
  const work = vi.fn((_: AbortSignal) => promise)
  const stop = new AbortController()
  const leaving = memo.get('a', stop.signal, keep, work)
  const staying = memo.get('a', never, keep, work)
  stop.abort()
  await expect(leaving).rejects.toMatchObject({ kind: 'cancelled' })
  resolve(7)
  expect(await staying).toBe(7)
  expect(work.mock.calls[0]?.[0].aborted).toBe(false)
})

test('aborts the work when the last caller aborts, and starts it again for the next', async () => {
  const memo = new Memo<number>()
  const work = vi.fn((_: AbortSignal) => held<number>().promise)
  const stop = new AbortController()
  const leaving = memo.get('a', stop.signal, keep, work)
  stop.abort()
  await expect(leaving).rejects.toMatchObject({ kind: 'cancelled' })
  expect(work.mock.calls[0]?.[0].aborted).toBe(true)
  expect(await memo.get('a', never, keep, async () => 8)).toBe(8)
})

test('keeps a result with infinite validity although nobody waits', async () => {
  const memo = new Memo<number>()
  const work = vi.fn(async (signal: AbortSignal) => (signal.aborted ? -1 : work.mock.calls.length))
  for (const _ of [1, 2, 3]) expect(await memo.get('a', never, () => Number.POSITIVE_INFINITY, work)).toBe(1)
  expect(work.mock.calls[0]?.[0].aborted).toBe(false)
})

test('drops only results that are no longer valid, however many there are', async () => {
  let now = 0
  const memo = new Memo<number>(() => now)
  const ask = (key: number, work = key) =>
    memo.get(
      String(key),
      never,
      (value) => (value % 2 === 0 ? 10 : 1_000_000),
      async () => work,
    )
  for (let key = 0; key < 1000; key++) await ask(key)
  now = 10
  for (let key = 0; key < 1000; key++) expect(await ask(key, -1)).toBe(key % 2 === 0 ? -1 : key)
})
