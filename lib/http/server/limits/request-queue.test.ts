import type { IncomingMessage } from 'node:http'
import { setImmediate } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { RequestQueue } from './request-queue'

const LONG = 10_000

function requestOf(length = 1) {
  return { url: '/'.padEnd(length, 'a'), destroyed: false }
}

/** A queue with what it has handed on. */
function watched() {
  const queue = new RequestQueue()
  const handed: string[] = []
  const join = (name: string, length?: number) => {
    const request = requestOf(length)
    queue.join(request as IncomingMessage, () => handed.push(name))
    return request
  }
  const turns = async (count: number) => {
    for (let i = 0; i < count; i++) await setImmediate()
  }
  return { queue, handed, join, turns }
}

it('hands requests on in the order of arrival, at most four in each turn of the event loop', async () => {
  const { handed, join, turns } = watched()
  const names = ['a', 'b', 'c', 'd', 'e', 'f']
  for (const name of names) join(name)
  const counts: number[] = []
  for (let i = 0; i < 12; i++) {
    await turns(1)
    counts.push(handed.length)
  }
  expect(handed).toEqual(names)
  expect(counts.every((count, i) => count - (counts[i - 1] ?? 0) <= 4)).toBe(true)
  expect(new Set(counts).size).toBeGreaterThan(2)
})

it('hands on nothing of clients that have left', async () => {
  const { handed, join, turns } = watched()
  const [, second, third] = ['a', 'b', 'c', 'd'].map((name) => join(name))
  second!.destroyed = true
  await turns(1)
  third!.destroyed = true
  await turns(20)
  expect(handed).toEqual(['a', 'd'])
})

it('looks at everything that arrives before it hands a request on, but not for ever', async () => {
  const { queue, handed, join, turns } = watched()
  join('a')
  for (let i = 0; i < 100; i++) {
    queue.arrive()
    await turns(1)
  }
  expect(handed).toEqual([])
  await turns(5)
  expect(handed).toEqual(['a'])
  join('b')
  for (let i = 0; i < 1000 && handed.length === 1; i++) {
    queue.arrive()
    await turns(1)
  }
  expect(handed).toEqual(['a', 'b'])
})

it('lets short targets go first, and a long one after three of them', async () => {
  const { handed, join, turns } = watched()
  for (let i = 1; i <= 3; i++) join(`long ${i}`, LONG)
  for (let i = 1; i <= 5; i++) join(`short ${i}`)
  await turns(30)
  expect(handed).toEqual(['short 1', 'short 2', 'short 3', 'long 1', 'short 4', 'short 5', 'long 2', 'long 3'])
})
