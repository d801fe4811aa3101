import { expect, test } from 'vitest'
import { together } from './together'

const never = new AbortController().signal

test('gives results in order', async () => {
  const works = [30, 10, 20].map((wait) => async () => {
    for (let i = 0; i < wait; i++) await null
    return wait
  })
  expect(await together(never, works)).toEqual([30, 10, 20])
})

test('the first failure aborts the rest', async () => {
  let rest: AbortSignal | undefined
  const waiting = (signal: AbortSignal) => {
    rest = signal
    return new Promise<never>(() => {})
  }
  const failing = async () => {
    throw new Error('failed')
  }
  await expect(together(never, [waiting, failing])).rejects.toThrow('failed')
  expect(rest?.aborted).toBe(true)
})
