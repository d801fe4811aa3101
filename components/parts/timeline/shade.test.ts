import { expect, it } from 'vitest'
import { outline } from './shade'

it('has its share of the scale as height, in steps as wide as a bucket', () => {
  expect(outline([0, 5, 10], 10)).toBe('M0 1H1V0.5H2V0H3')
  expect(outline([], 10)).toBe('')
  expect(outline([0], 0)).toBe('M0 1H1')
})
