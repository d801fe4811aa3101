import { expect, it, test } from 'vitest'
import { readFilters, withFilter } from './history'

it('puts the newest first, each once, and keeps forty', () => {
  expect(withFilter(['b', 'a'], 'c')).toEqual(['c', 'b', 'a'])
  expect(withFilter(['c', 'b', 'a'], 'a')).toEqual(['a', 'c', 'b'])
  const many = Array.from({ length: 60 }, (_, i) => `dport:${i}`).reduce<string[]>(withFilter, [])
  expect(many).toHaveLength(40)
  expect(many[0]).toBe('dport:59')
})

test.each([
  [null, []],
  ['["a","b"]', ['a', 'b']],
  ['["a",1,null]', ['a']],
  ['{"a":1}', []],
  ['not json', []],
])('reads %j', (stored, filters) => expect(readFilters(stored)).toEqual(filters))
