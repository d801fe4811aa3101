import { expect, it } from 'vitest'
import { changeFrom } from './change'

it.each([
  [100, 112, '▲ 12 %'],
  [100, 88, '▼ 12 %'],
  [100, 100, '= same'],
  [0, 0, '= none then either'],
  [0, 5, '▲ none then'],
  [5, 0, '▼ 100 %'],
  [1000, 1025, '▲ 2.5 %'],
  [1000, 1020, '▲ 2 %'],
  [1_000_000, 1_000_001, '▲ <0.1 %'],
  [1_000_000, 1, '▼ >99.9 %'],
  [100, 350, '▲ 250 %'],
  [100, 999, '▲ 899 %'],
  [100, 1000, '▲ 10 times'],
  [1, 1234, '▲ 1234 times'],
])('from %d to %d is %s', (before, now, text) => {
  const change = changeFrom(before, now)
  expect(`${change.sign} ${change.text}`).toBe(text)
})

it('has words for screen readers', () => {
  expect(changeFrom(100, 112).spoken).toBe('up 12 %')
  expect(changeFrom(100, 88).spoken).toBe('down 12 %')
  expect(changeFrom(0, 3).spoken).toBe('up from none')
  expect(changeFrom(3, 3).spoken).toBe('no change')
})
