import { setImmediate } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { inSlices } from './in-slices'

const ITEMS = Array.from({ length: 400 }, (_, i) => i)
const spin = (ms: number) => {
  for (const end = performance.now() + ms; performance.now() < end; );
}

it('calls for each item, and lets others have their turn in between', async () => {
  const seen: number[] = []
  let [turns, isOver] = [0, false]
  const others = (async () => {
    while (!isOver) {
      turns++
      await setImmediate()
    }
  })()
  const act = (item: number) => {
    seen.push(item)
    spin(0.5)
  }
  await inSlices(ITEMS, act, undefined)
  isOver = true
  await others
  expect(seen).toEqual(ITEMS)
  expect(turns).toBeGreaterThan(4)
})

it('ends once nobody waits any longer', async () => {
  const stop = new AbortController()
  let seen = 0
  const act = (item: number) => {
    seen++
    spin(0.5)
    if (item === 100) stop.abort()
  }
  await expect(inSlices(ITEMS, act, stop.signal)).rejects.toMatchObject({ kind: 'cancelled' })
  expect(seen).toBeLessThan(ITEMS.length)
})
