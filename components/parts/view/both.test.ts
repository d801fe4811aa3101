import { expect, it } from 'vitest'
import { parseFilter } from '@/lib/link/language/parse'
import { printFilter } from '@/lib/link/language/print'
import { both } from './both'

it('adds a term to no filter', () => expect(both(' ', 'action:deny')).toBe('action:deny'))
it('puts an or in parentheses before it adds a term', () => {
  const filter = parseFilter(both('dport:22 or dport:3389', 'action:deny'))
  expect(filter?.op).toBe('and')
  expect(printFilter(filter)).toBe('(dport:22 or dport:3389) action:deny')
})
