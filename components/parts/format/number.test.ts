import { describe, expect, it } from 'vitest'
import { compactCount, formatCount, formatPlural, formatShare } from './number'

describe('counts', () => {
  it('groups thousands', () => expect(formatCount(1204511)).toBe('1,204,511'))
  it.each([
    [0, '0'],
    [9999, '9,999'],
    [10_000, '10.0 k'],
    [99_949, '99.9 k'],
    [99_951, '100 k'],
    [999_499, '999 k'],
    [999_500, '1.00 M'],
    [1_204_511, '1.20 M'],
    [12_045_110, '12.0 M'],
    [999_600_000, '1.00 G'],
    [3.2e12, '3.20 T'],
    [4.5e15, '4500 T'],
  ])('writes %d short as %s', (n, text) => expect(compactCount(n)).toBe(text))
  it('uses the singular for exactly one', () => {
    expect(formatPlural(1, 'target')).toBe('1 target')
    expect(formatPlural(0, 'target')).toBe('0 targets')
    expect(formatPlural(8201, 'port')).toBe('8,201 ports')
    expect(formatPlural(2, 'query', 'queries')).toBe('2 queries')
  })
})

describe('shares', () => {
  it.each([
    [0, 0, '–'],
    [0, 5, '0 %'],
    [5, 5, '100 %'],
    [1, 1_000_000, '<0.1 %'],
    [999_999, 1_000_000, '>99.9 %'],
    [38, 100, '38 %'],
    [55, 1000, '5.5 %'],
    [995, 1000, '99.5 %'],
  ])('writes %d of %d as %s', (part, whole, text) => expect(formatShare(part, whole)).toBe(text))
})
