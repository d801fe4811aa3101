import { expect, it } from 'vitest'
import { spanOf } from './metric'
import { scaleOf } from './scale'

const side = (tuples: number) => ({ tuples, flows: tuples, bytes: 0, packets: 0 })
const bucket = (t: number, allow: number, deny: number) => ({ t, allow: side(allow), deny: side(deny) })

it('sums the buckets of a marked span', () => {
  const buckets = [bucket(0, 1, 2), bucket(60, 3, 4), bucket(120, 5, 6)]
  expect(spanOf(buckets, 1, 2)).toEqual(bucket(60, 8, 10))
  expect(spanOf(buckets, 0, 0)).toEqual(buckets[0])
  expect(spanOf(buckets, 5, 6)).toBeUndefined()
})

it('shows small values beside large ones on a logarithmic scale', () => {
  const { heightOf, values } = scaleOf(1_000_000, 'tuples', true)
  expect(values).toEqual([0, 1, 10, 100, 1000, 10_000, 100_000, 1_000_000])
  expect(heightOf(9) / heightOf(999_999)).toBeGreaterThan(0.15)
  expect(heightOf(0)).toBe(0)
})
