import { expect, test } from 'vitest'
import { ahead } from './ahead'

function counted(count: number, fail = -1) {
  const signals: AbortSignal[] = []
  function* works() {
    for (let i = 0; i < count; i++) {
      yield async (signal: AbortSignal) => {
        signals.push(signal)
        if (i === fail) throw new Error(`work ${i}`)
        return i
      }
    }
  }
  return { signals, works: works() }
}

test('gives results in order and starts two works ahead of the one in use', async () => {
  const { signals, works } = counted(6)
  const seen: number[] = []
  const begun: number[] = []
  for await (const result of ahead(works, 2, new AbortController().signal)) {
    seen.push(result)
    begun.push(signals.length)
  }
  expect(seen).toEqual([0, 1, 2, 3, 4, 5])
  expect(begun).toEqual([3, 4, 5, 6, 6, 6])
})

test('aborts the works ahead when the reader leaves', async () => {
  const { signals, works } = counted(6)
  for await (const _ of ahead(works, 2, new AbortController().signal)) break
  expect(signals.map(({ aborted }) => aborted)).toEqual([true, true, true])
})

test('fails with the first failure in order and starts no more works', async () => {
  const { signals, works } = counted(9, 1)
  const seen: number[] = []
  const use = async () => {
    for await (const result of ahead(works, 2, new AbortController().signal)) seen.push(result)
  }
  await expect(use()).rejects.toThrow('work 1')
  expect(seen).toEqual([0])
  expect(signals).toHaveLength(4)
})
