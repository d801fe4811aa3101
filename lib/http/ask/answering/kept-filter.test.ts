import { expect, it } from 'vitest'
import { Problem } from '@/lib/flow/problem'
import { parseFilter } from '@/lib/link/language/parse'
import { keptFilter } from './kept-filter'

const list = (from: number) => `src:${Array.from({ length: 15_000 }, (_, i) => `10.${from}.${i >> 8}.${i & 255}`).join()}`

it('is the same filter for the same text', () => {
  const q = 'dport:443 or rule:web*'
  expect(keptFilter(q)).toEqual(parseFilter(q))
  expect(keptFilter(q)).toBe(keptFilter(q))
  expect(keptFilter(' ')).toBeNull()
})

it('is refused each time if it cannot be parsed', () => {
  for (let i = 0; i < 2; i++) expect(() => keptFilter('dport:99999')).toThrow(Problem)
})

it('makes room for new ones', () => {
  const first = keptFilter(list(1))
  expect(keptFilter(list(1))).toBe(first)
  for (let i = 2; i < 6; i++) keptFilter(list(i))
  expect(keptFilter(list(1))).not.toBe(first)
  expect(keptFilter(list(1))).toEqual(first)
})
