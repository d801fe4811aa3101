import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { lex } from '@/lib/link/language/lex'
import { printFilter } from '@/lib/link/language/print'
import { filters } from '../test/arbitrary'
import { atCaret } from '../test/caret'
import { expectedAt } from './expected'

function at(marked: string) {
  const { text, caret } = atCaret(marked)
  const expected = expectedAt(text, caret)
  return (
    expected && {
      ...expected,
      span: text.slice(expected.span.at, expected.span.end),
      word: text.slice(expected.word.at, expected.word.end),
    }
  )
}

describe('a term is expected', () => {
  const between: [string, { joins: boolean; open: number }][] = [
    ['|', { joins: false, open: 0 }],
    ['  |  ', { joins: false, open: 0 }],
    ['a |', { joins: true, open: 0 }],
    ['| a', { joins: false, open: 0 }],
    ['|a', { joins: false, open: 0 }],
    ['a |b', { joins: true, open: 0 }],
    ['not |', { joins: false, open: 0 }],
    ['a and |', { joins: false, open: 0 }],
    ['a OR |', { joins: false, open: 0 }],
    ['a -|', { joins: false, open: 0 }],
    ['-|a', { joins: false, open: 0 }],
    ['(|', { joins: false, open: 1 }],
    ['(a |', { joins: true, open: 1 }],
    ['((a) |', { joins: true, open: 1 }],
    ['((|a)', { joins: false, open: 2 }],
    ['(a)|', { joins: true, open: 0 }],
    ['a) |', { joins: true, open: 0 }],
    ['src:1.1.1.1 |dport:22', { joins: true, open: 0 }],
    ['rule:"a b" |', { joins: true, open: 0 }],
    ['rule:"a (b" |', { joins: true, open: 0 }],
  ]
  test.each(between)('between words, in %j', (marked, { joins, open }) => {
    expect(at(marked)).toEqual({ kind: 'term', joins, open, operated: false, typed: '', span: '', word: '' })
  })

  const within: [string, { typed: string; span: string; word?: string; joins?: boolean; operated?: boolean; open?: number }][] = [
    ['sr|', { typed: 'sr', span: 'sr' }],
    ['s|rc', { typed: 's', span: 'src' }],
    ['a sr|', { typed: 'sr', span: 'sr', joins: true }],
    ['a an|', { typed: 'an', span: 'an', joins: true }],
    ['-sr|', { typed: 'sr', span: 'sr' }],
    ['(sr|', { typed: 'sr', span: 'sr', open: 1 }],
    ['sr|c:10.0.0.1', { typed: 'sr', span: 'src', word: 'src:10.0.0.1', operated: true }],
    ['src|:10.0.0.1', { typed: 'src', span: 'src', word: 'src:10.0.0.1', operated: true }],
    ['bytes>|=10', { typed: 'bytes', span: 'bytes', word: 'bytes>=10', operated: true }],
    ['fo|o:1', { typed: 'fo', span: 'foo', word: 'foo:1', operated: true }],
    ['10.0|.0.1', { typed: '10.0', span: '10.0.0.1' }],
    ['2001:db8|', { typed: '2001:db8', span: '2001:db8' }],
    ['fe80::|1', { typed: 'fe80::', span: 'fe80::1' }],
    ['"allow r|', { typed: 'allow r', span: '"allow r' }],
    ['"say \\"hi|\\""', { typed: 'say "hi', span: '"say \\"hi\\""' }],
  ]
  test.each(within)('within %j', (marked, { word, joins = false, operated = false, open = 0, ...rest }) => {
    expect(at(marked)).toEqual({ kind: 'term', joins, open, operated, word: word ?? rest.span, ...rest })
  })
})

describe('a value is expected', () => {
  const values: [string, { field: string; operator?: string; typed: string; span: string; others?: string[]; word?: string }][] = [
    ['src:|', { field: 'src', typed: '', span: '' }],
    ['SRC:10.|', { field: 'src', typed: '10.', span: '10.' }],
    ['src:10.0|.0.1 dport:22', { field: 'src', typed: '10.0', span: '10.0.0.1' }],
    ['src:| dport:22', { field: 'src', typed: '', span: '' }],
    ['not src:1|', { field: 'src', typed: '1', span: '1' }],
    ['-src:1|', { field: 'src', typed: '1', span: '1' }],
    ['(a or src:1|)', { field: 'src', typed: '1', span: '1' }],
    ['src:a,|', { field: 'src', typed: '', span: '', others: ['a'] }],
    ['src:a,b|,c', { field: 'src', typed: 'b', span: 'b', others: ['a', 'c'] }],
    ['src:a|,b', { field: 'src', typed: 'a', span: 'a', others: ['b'] }],
    ['dport:1000..|', { field: 'dport', typed: '', span: '' }],
    ['dport:10|00..2000', { field: 'dport', typed: '10', span: '1000' }],
    ['dport:1000..20|00', { field: 'dport', typed: '20', span: '2000' }],
    ['dport:22,1000..2|', { field: 'dport', typed: '2', span: '2', others: ['22'] }],
    ['rule:a..b|', { field: 'rule', typed: 'a..b', span: 'a..b' }],
    ['bytes>|', { field: 'bytes', operator: '>', typed: '', span: '' }],
    ['bytes>=1|0', { field: 'bytes', operator: '>=', typed: '1', span: '10' }],
    ['rule:"a b|', { field: 'rule', typed: 'a b', span: '"a b' }],
    ['rule:"a, b|"', { field: 'rule', typed: 'a, b', span: '"a, b"' }],
    ['rule:"a, b",c|', { field: 'rule', typed: 'c', span: 'c', others: ['a, b'] }],
    ['rule:"a \\", b|"', { field: 'rule', typed: 'a ", b', span: '"a \\", b"' }],
    ['src:[2001:db8|', { field: 'src', typed: '[2001:db8', span: '[2001:db8' }],
  ]
  test.each(values)('in %j', (marked, { operator = ':', others = [], ...rest }) => {
    expect(at(marked)).toMatchObject({ kind: 'value', operator, others, ...rest })
  })

  it('returns the whole word', () => {
    expect(at('a src:1.1.1.1,2|.2.2.2 b')).toMatchObject({ word: 'src:1.1.1.1,2.2.2.2', span: '2.2.2.2' })
  })
})

test.each(['foo:1|', 'a foo:|', '10.0.0.1,10|', '443,|', 'a*|', '1000..2|'])('nothing is known in %j', (marked) => {
  expect(at(marked)).toBeNull()
})

it('finds every term of a filter that parses, as the parser does, and never throws', () => {
  fc.assert(
    fc.property(filters.map(printFilter), fc.nat(), (text, somewhere) => {
      const expected = expectedAt(text, somewhere % (text.length + 1))
      const terms = lex(text).filter((token) => token.kind === 'term')
      if (
        expected !== null &&
        expected.word.at < expected.word.end &&
        !/^(and|or|not)$/.test(text.slice(expected.word.at, expected.word.end))
      )
        expect(terms.map(({ at: start, end }) => ({ at: start, end }))).toContainEqual({ at: expected.word.at, end: expected.word.end })
    }),
    { numRuns: 1000 },
  )
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('a', ':', '"', '\\', ' ', '(', ')', ',', '-', '.', '>', 'src:') }),
      fc.nat(),
      (text, somewhere) => {
        const caret = somewhere % (text.length + 1)
        const expected = expectedAt(text, caret)
        if (expected === null) return
        expect(expected.span.at).toBeLessThanOrEqual(caret)
        expect(expected.word.at).toBeLessThanOrEqual(expected.span.at)
        expect(expected.word.end).toBeGreaterThanOrEqual(expected.span.end)
      },
    ),
    { numRuns: 3000 },
  )
})
