import { describe, expect, it } from 'vitest'
import { bucketRange, rangePatch, shiftRange, zoomRange } from './range-math'

const from = Date.parse('2024-08-12T10:00:00Z')
const to = Date.parse('2024-08-12T11:00:00Z')

it('shifts by whole windows', () => {
  expect(shiftRange({ from, to }, -1)).toEqual({ from: from - 3_600_000, to: from })
  expect(shiftRange({ from, to }, 1)).toEqual({ from: to, to: to + 3_600_000 })
})

it('zooms around the middle, and no narrower than a second', () => {
  expect(zoomRange({ from, to }, 2)).toEqual({ from: from - 1_800_000, to: to + 1_800_000 })
  expect(zoomRange({ from, to }, 0.5)).toEqual({ from: from + 900_000, to: to - 900_000 })
  const { from: a, to: b } = zoomRange({ from, to: from + 1000 }, 0.5)
  expect(b - a).toBeGreaterThanOrEqual(1000)
  expect(a % 1000).toBe(0)
})

describe('a brush over buckets', () => {
  const width = 900_000
  const t = [0, 1, 2, 3].map((i) => from + i * width)
  it('holds the whole last bucket', () => expect(bucketRange(t, width, 1, 3)).toEqual({ from: from + width, to }))
  it('may be drawn from right to left', () => expect(bucketRange(t, width, 3, 1)).toEqual({ from: from + width, to }))
  it('may be one bucket', () => expect(bucketRange(t, width, 0, 0)).toEqual({ from, to: from + width }))
  it('stays inside the chart', () => expect(bucketRange(t, width, -4, 9)).toEqual({ from, to }))
  it('is nothing without buckets', () => expect(bucketRange([], width, 0, 0)).toBeNull())
})

it('writes the link keys of a range', () => {
  expect(rangePatch({ from, to })).toEqual({ from: '2024-08-12T10:00:00Z', to: '2024-08-12T11:00:00Z', last: null })
})
