import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { FILTER_FIELDS } from '@/lib/flow/field/fields'
import { Problem } from '@/lib/flow/problem'
import type { Filter } from '@/lib/flow/view/filter'
import { parseFilter } from '@/lib/link/language/parse'
import { printFilter } from '@/lib/link/language/print'
import { filters, withoutSpans } from '../test/arbitrary'
import { type EndField, endsOf, moveEnd, replyTo, swapEnds } from './ends'

it('knows the fields of an end', () => {
  expect(FILTER_FIELDS.filter((field) => endsOf(field) !== null)).toEqual([
    'src',
    'sport',
    'dst',
    'dport',
    'ip',
    'port',
    'src24',
    'dst24',
    'src16',
    'dst16',
  ])
  expect(endsOf('ip')).toEqual(['src', 'dst', 'ip'])
  expect(endsOf('sport')).toEqual(['sport', 'dport', 'port'])
})

describe('moveEnd', () => {
  const moved: [string, EndField, string, string][] = [
    ['', 'src', '10.0.0.1', 'src:10.0.0.1'],
    ['dst:10.0.0.1', 'src', '10.0.0.1', 'src:10.0.0.1'],
    ['action:deny ip:10.0.0.1 dport:22', 'dst', '10.0.0.1', 'action:deny dport:22 dst:10.0.0.1'],
    ['dst:10.0.0.1', 'ip', '10.0.0.1', 'ip:10.0.0.1'],
    ['10.0.0.1', 'dst', '10.0.0.1', 'dst:10.0.0.1'],
    ['dst:10.0.0.2', 'src', '10.0.0.1', 'dst:10.0.0.2 src:10.0.0.1'],
    ['not dst:10.0.0.1', 'src', '10.0.0.1', 'not dst:10.0.0.1 src:10.0.0.1'],
    ['(dst:10.0.0.1 or dport:22)', 'src', '10.0.0.1', '(dst:10.0.0.1 or dport:22) src:10.0.0.1'],
    ['dst:10.0.0.1,10.0.0.2', 'src', '10.0.0.1', 'dst:10.0.0.1,10.0.0.2 src:10.0.0.1'],
    ['dport:22', 'sport', '22', 'sport:22'],
    ['22', 'dport', '22', 'dport:22'],
    ['DST:2001:DB8:0::1', 'src', '2001:db8::1', 'src:2001:db8::1'],
  ]
  test.each(moved)('turns %j to %s = %j', (text, field, value, expected) => {
    expect(moveEnd(text, field, value)).toBe(expected)
    parseFilter(expected)
  })
})

describe('swapEnds', () => {
  test.each([
    ['', ''],
    ['src:10.0.0.1', 'dst:10.0.0.1'],
    ['SRC:10.0.0.1  and dst:10.0.0.2', 'dst:10.0.0.1  and src:10.0.0.2'],
    ['not (sport>1023 or -dport:22,443) rule:src', 'not (dport>1023 or -sport:22,443) rule:src'],
    ['10.0.0.1 22 src', '10.0.0.1 22 src'],
    ['ip:10.0.0.1 port:22', 'ip:10.0.0.1 port:22'],
    ['rule:"src:1" src:1.1.1.1', 'rule:"src:1" dst:1.1.1.1'],
  ])('turns %j', (text, expected) => expect(swapEnds(text)).toBe(expected))

  it('changes only those fields, and restores them if applied twice', () => {
    const other = (filter: Filter): Filter => {
      if (filter.op === 'not') return { ...filter, of: other(filter.of) }
      if (filter.op !== 'match') return { ...filter, of: filter.of.map(other) }
      const swapped = {
        src: 'dst',
        dst: 'src',
        sport: 'dport',
        dport: 'sport',
        src24: 'dst24',
        dst24: 'src24',
        src16: 'dst16',
        dst16: 'src16',
      } as const
      return { ...filter, field: swapped[filter.field as 'src'] ?? filter.field }
    }
    fc.assert(
      fc.property(filters, (filter) => {
        const text = printFilter(filter)
        expect(withoutSpans(parseFilter(swapEnds(text))!)).toEqual(other(withoutSpans(filter)))
        expect(swapEnds(swapEnds(text))).toBe(text)
      }),
    )
  })

  it("throws the parser's error", () => expect(() => swapEnds('(a')).toThrow(Problem))
})

test.each([
  ['', 'src:10.0.0.2 dst:10.0.0.1'],
  ['src:10.0.0.1', 'dst:10.0.0.1 src:10.0.0.2'],
  ['src:10.0.0.1 dst:10.0.0.2 dport:22', 'dst:10.0.0.1 src:10.0.0.2 sport:22'],
  ['ip:10.0.0.1 action:deny', 'ip:10.0.0.1 action:deny src:10.0.0.2 dst:10.0.0.1'],
  ['src:10.0.0.0/8', 'dst:10.0.0.0/8 src:10.0.0.2 dst:10.0.0.1'],
  ['a or b', '(a or b) src:10.0.0.2 dst:10.0.0.1'],
])('the reply to a row from 10.0.0.1 to 10.0.0.2 in %j is %j', (text, expected) => {
  expect(replyTo(text, { src: '10.0.0.1', dst: '10.0.0.2' })).toBe(expected)
  parseFilter(expected)
})
