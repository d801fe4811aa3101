import { expect, it } from 'vitest'
import { coreRatio, interleave, percentile, ratio, spread } from './run'

it('runs contenders in turn and compares laps of the same round', async () => {
  const order: string[] = []
  const contender = (name: string, times: number[]) => ({ name, lap: async () => ({ ms: times.shift()!, answers: name }) })
  const [ours, theirs] = await interleave([contender('ours', [1, 2]), contender('theirs', [4, 6])], 2, (name) => order.push(name))
  expect(order).toEqual(['ours', 'theirs', 'ours', 'theirs'])
  expect(ratio(theirs!, ours!)).toEqual({ median: 3.5, min: 3, max: 4 })
})

it('compares core seconds only if all laps have them', () => {
  const lap = (cores?: number) => ({ ms: 1, answers: null, ...(cores !== undefined && { cores }) })
  expect(coreRatio([lap(6), lap(2)], [lap(2), lap(2)])).toEqual({ median: 2, min: 1, max: 3 })
  expect(coreRatio([lap(6), lap()], [lap(2), lap(2)])).toBeNull()
})

it('summarizes', () => {
  expect(spread([3, 1, 2])).toEqual({ median: 2, min: 1, max: 3 })
  expect(spread([4, 1, 2, 3]).median).toBe(2.5)
  expect(() => spread([])).toThrow(RangeError)
  expect(percentile([5, 1, 4, 2, 3], 0.99)).toBe(5)
  expect(percentile([5, 1, 4, 2, 3], 0.5)).toBe(3)
})
