import { expect, it } from 'vitest'
import { weightOf } from './weight'

it('grows with what a value holds', () => {
  const rows = Array.from({ length: 1000 }, (_, i) => ({ key: `name ${i}`, count: i, sum: BigInt(i) }))
  expect(weightOf(rows)).toBeGreaterThan(1000 * 50)
  expect(weightOf(rows)).toBeLessThan(1000 * 300)
  expect(weightOf('a'.repeat(10_000))).toBeGreaterThan(10_000)
  expect(weightOf(new Map([['a'.repeat(1000), new Set(['b'.repeat(1000)])]]))).toBeGreaterThan(2000)
  expect(weightOf(new Float64Array(1000))).toBeGreaterThan(8000)
  expect(weightOf(null)).toBeLessThan(100)
})

it('counts what occurs twice once, and stops where it is enough', () => {
  const names = ['a'.repeat(1000)]
  expect(weightOf([names, names])).toBeLessThan(2000)
  const own: unknown[] = []
  own.push(own)
  expect(weightOf(own)).toBeLessThan(100)
  expect(weightOf([[...'a'.repeat(100_000)], ['b'.repeat(100)]], 100)).toBeLessThan(200)
})
