import { expect, test } from 'vitest'
import { Gate, sharedGate } from './gate'

const never = new AbortController().signal

test('limits the works that run at once, keeps their order, and frees the places of failed and aborted works', async () => {
  const gate = new Gate(2)
  let inside = 0
  let most = 0
  const order: number[] = []
  const stop = new AbortController()
  const works = Array.from({ length: 12 }, (_, i) =>
    gate.pass(i === 5 ? stop.signal : never, async () => {
      most = Math.max(most, ++inside)
      order.push(i)
      await new Promise((resolve) => setImmediate(resolve))
      inside--
      if (i === 3) throw new Error('three')
      return i
    }),
  )
  stop.abort(new Error('left'))
  const outcomes = await Promise.allSettled(works)
  expect(outcomes.flatMap((outcome, i) => (outcome.status === 'rejected' ? [[i, outcome.reason.message]] : []))).toEqual([
    [3, 'three'],
    [5, 'left'],
  ])
  expect(order).toEqual([0, 1, 2, 3, 4, 6, 7, 8, 9, 10, 11])
  expect(most).toBe(2)
})

test('is shared by the whole process', () => {
  expect(sharedGate()).toBe(sharedGate())
})
