import { describe, expect, it } from 'vitest'
import { HOUR, MINUTE } from '@/lib/flow/time/bucket'
import { tickLabel, timeLabel, timeTicks, valueTicks } from './ticks'

describe('values', () => {
  it.each([
    [0, [0, 1]],
    [3, [0, 1, 2, 3]],
    [11_940, [0, 5000, 10_000, 15_000]],
    [1_000_000, [0, 500_000, 1_000_000]],
  ])('takes round steps up to %d', (max, ticks) => expect(valueTicks(max, 4, false)).toEqual(ticks))
  it('uses powers of two for bytes', () => {
    expect(valueTicks(3 * 1024 ** 2, 4, true)).toEqual([0, 1, 2, 3].map((n) => n * 1024 ** 2))
    expect(valueTicks(1.1 * 1024 ** 3, 4, true)).toEqual([0, 512 * 1024 ** 2, 1024 ** 3, 1.5 * 1024 ** 3])
  })
  it('writes them short', () => {
    expect([0, 500, 5000, 1_500_000].map((n) => tickLabel(n, false))).toEqual(['0', '500', '5 k', '1.5 M'])
    expect([0, 512, 1024, 1.5 * 1024 ** 3].map((n) => tickLabel(n, true))).toEqual(['0 B', '512 B', '1 KiB', '1.5 GiB'])
  })
})

describe('times', () => {
  const start = Date.parse('2024-08-11T22:00:00Z')
  const day = Array.from({ length: 96 }, (_, i) => start + i * 15 * MINUTE)
  it('labels round hours, and each day at its beginning', () => {
    const ticks = timeTicks(day, 15 * MINUTE, 'utc', 12)
    expect(ticks.map((t) => timeLabel(t, 15 * MINUTE, 'utc')).slice(0, 4)).toEqual(['22:00', '12 Aug', '02:00', '04:00'])
    expect(ticks.every((t) => t % (2 * HOUR) === 0)).toBe(true)
  })
  it('writes seconds if buckets are narrow', () => expect(timeLabel(start + 5000, 5000, 'utc')).toBe('22:00:05'))
  it('has none without buckets', () => expect(timeTicks([], MINUTE, 'utc', 12)).toEqual([]))
})
