import { setImmediate } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { turnFor } from './turns'

const LONG = 'a'.repeat(5000)
const stays = new AbortController().signal

it('lets one long filter pass in a turn of the event loop, and short ones at once', async () => {
  let passed = 0
  const all = Array.from({ length: 20 }, () => turnFor(LONG, stays).then(() => passed++))
  for (let turn = 0, before = 0; turn < 10; turn++, before = passed) {
    await setImmediate()
    expect(passed - before).toBeLessThanOrEqual(1)
  }
  const own = turnFor('src:10.0.0.4', stays).then(() => passed)
  expect(await own).toBeLessThan(20)
  await Promise.all(all)
})

it('lets nobody pass who has left', async () => {
  const leave = new AbortController()
  const left = turnFor(LONG, leave.signal)
  leave.abort()
  await expect(left).rejects.toMatchObject({ kind: 'cancelled' })
  await turnFor(LONG, stays)
})
