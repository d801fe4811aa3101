import { expect, it } from 'vitest'
import { matchesParts } from '@/lib/flow/text/name-parts'
import { untilWanted, type Wanted } from './wanted'

const TEXTS = ['Storage', 'storage.westus', 'a+b (c)', 'A+B', '100%', 'x', '', 'AzureCloud', 'ſs', 'İ', '^$', '\\', 'a-b/c']
const NAMES: Wanted['names'] = [
  ['storage'],
  ['', '+b', ''],
  ['', 'West', ''],
  ['az', 'cl', ''],
  ['', '%'],
  ['', '', ''],
  ['', ''],
  ['x', ''],
  ['', '^$', ''],
  ['', '\\', ''],
  ['', '-b/', ''],
  ['', 'ſ', ''],
  ['', '(', ''],
]

it.each(NAMES.map((parts, i) => [parts.join('*'), i]))('finds what each name finds alone, here %j', (_, i) => {
  for (const names of [[NAMES[i]!], NAMES.slice(0, i + 1), NAMES.slice(i)]) {
    const until = untilWanted('tag', { any: false, names, numbers: [] })
    for (const text of TEXTS)
      expect([text, until([{ text, until: null }]) > 0]).toEqual([text, names.some((parts) => matchesParts(parts, text))])
  }
})

it('finds numbers in ranges that overlap, touch or lie in each other', () => {
  const numbers = [
    [50, 60],
    [1, 3],
    [2, 9],
    [4, 5],
    [10, 10],
    [55, 56],
    [4_294_967_295, 4_294_967_295],
  ].map(([first, last]) => ({ first: first!, last: last! }))
  const until = untilWanted('asn', { any: false, names: [], numbers })
  for (const value of [0, 1, 3, 4, 9, 10, 11, 49, 50, 57, 60, 61, 4_294_967_294, 4_294_967_295]) {
    const isIn = numbers.some(({ first, last }) => first <= value && value <= last)
    expect([value, until([{ text: String(value), until: 7 }])]).toEqual([value, isIn ? 7 : 0])
  }
})
