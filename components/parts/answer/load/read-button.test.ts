import { expect, it } from 'vitest'
import { describePlan } from './read-button'

const plan = { blobs: 1300, bytes: 14 * 2 ** 30, cachedBlobs: 96, cachedBytes: 1.6 * 2 ** 30, estimateMs: 39_200, askAbove: 5e9 }

it('names the bytes and blobs that are still to be read, and the approximate time', () => {
  expect(describePlan(plan)).toBe('Read 12.4 GiB in 1,204 blobs (about 40 s)')
  expect(describePlan({ ...plan, cachedBlobs: 1299, estimateMs: 12 })).toBe('Read 12.4 GiB in 1 blob (about 1 s)')
  expect(describePlan({ ...plan, estimateMs: 250_400 })).toBe('Read 12.4 GiB in 1,204 blobs (about 4 m 11 s)')
})
