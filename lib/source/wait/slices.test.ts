import { setImmediate } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { Slices } from './slices'

it('lets other work run during long work', async () => {
  const slices = new Slices(new AbortController().signal)
  let turns = 0
  let isDone = false
  const others = async () => {
    for (; !isDone; turns++) await setImmediate()
  }
  const waiting = others()
  await slices.pass()
  for (let passed = 0; passed < 3; ) {
    if (!slices.isOver()) continue
    await slices.pass()
    passed++
  }
  isDone = true
  await waiting
  expect(turns).toBeGreaterThanOrEqual(3)
})

it('ends long work when its signal aborts', async () => {
  const stop = new AbortController()
  const slices = new Slices(stop.signal)
  await slices.pass()
  const next = slices.pass()
  stop.abort()
  await expect(next).rejects.toMatchObject({ kind: 'cancelled' })
})
