import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import type { FilterField } from '@/lib/flow/field/fields'
import { Problem } from '@/lib/flow/problem'
import type { Filter } from '@/lib/flow/view/filter'
import { parseFilter } from '@/lib/link/language/parse'
import { printFilter } from '@/lib/link/language/print'
import { filters, withoutSpans } from '../test/arbitrary'
import { addTerm, chips, joinFilters, moveTerm, negateTerm, removeTerm } from './edit'

const spanOf = (text: string, term: string) => ({ at: text.indexOf(term), end: text.indexOf(term) + term.length })

describe('chips', () => {
  it('shows the terms that the whole filter joins with and', () => {
    expect(chips('action:deny not src:10.0.0.0/8 and (dport:22 or dport:3389)')).toEqual([
      { text: 'action:deny', span: { at: 0, end: 11 }, negated: false, field: 'action' },
      { text: 'not src:10.0.0.0/8', span: { at: 12, end: 30 }, negated: true, field: 'src' },
      { text: '(dport:22 or dport:3389)', span: { at: 35, end: 59 }, negated: false, field: null },
    ])
  })
  test.each([
    ['', []],
    ['a or b', ['a or b']],
    ['(a b)', ['(a b)']],
    ['-a b', ['-a', 'b']],
  ])('cuts %j', (text, expected) => {
    expect(chips(text).map((chip) => chip.text)).toEqual(expected)
  })
  it("throws the parser's error", () => {
    expect(() => chips('dport:99999')).toThrow(Problem)
  })
})

describe('removeTerm', () => {
  test.each([
    ['a b c', 'b', 'a c'],
    ['a and b and c', 'a', 'b and c'],
    ['a and b and c', 'b', 'a and c'],
    ['a and b and c', 'c', 'a and b'],
    ['rule:and src:1.1.1.1', 'src:1.1.1.1', 'rule:and'],
    ['a  (b or c)  d', '(b or c)', 'a  d'],
    ['a or b', 'a or b', ''],
  ])('takes from %j the term %j', (text, term, left) => {
    expect(removeTerm(text, spanOf(text, term))).toBe(left)
    parseFilter(left)
  })
})

describe('negateTerm', () => {
  test.each([
    ['a b', 'a', 'not a b'],
    ['not a b', 'not a', 'a b'],
    ['-a', '-a', 'a'],
    ['(a or b) c', '(a or b)', 'not (a or b) c'],
    ['not (a or b) c', 'not (a or b)', '(a or b) c'],
    ['a or b', 'a or b', 'not (a or b)'],
    ['(a) or (b)', '(a) or (b)', 'not ((a) or (b))'],
  ])('turns in %j the term %j', (text, term, turned) => {
    expect(negateTerm(text, spanOf(text, term))).toBe(turned)
    parseFilter(turned)
  })
})

describe('joinFilters', () => {
  test.each([
    ['', '', ''],
    ['a', '', 'a'],
    [' ', 'a or b', 'a or b'],
    ['a', 'b', 'a b'],
    ['a or b', 'c', '(a or b) c'],
    ['a', 'not b or c', 'a (not b or c)'],
    ['(a or b)', 'not (c or d)', '(a or b) not (c or d)'],
  ])('%j and %j', (text, more, joined) => expect(joinFilters(text, more)).toBe(joined))
})

describe('moveTerm', () => {
  test.each([
    ['a b c', 'b', '', 'a c', 'b'],
    ['a and not b', 'not b', 'c', 'a', 'c not b'],
    ['a or b', 'a or b', '', '', 'a or b'],
    ['a or b', 'a or b', 'c', '', 'c (a or b)'],
    ['c', 'c', 'a or b', '', '(a or b) c'],
  ])('takes from %j the term %j to %j', (from, term, to, left, moved) => {
    expect(moveTerm(from, to, spanOf(from, term))).toEqual([left, moved])
  })
})

describe('chips and text', () => {
  const bare = (text: string): Filter | null => {
    const filter = parseFilter(text)
    return filter && withoutSpans(filter)
  }
  /** Returns the terms that a filter joins with `and`, all spans zero. */
  const terms = (text: string): (Filter | null)[] => chips(text).map((chip) => bare(chip.text))
  const several = fc
    .array(filters, { minLength: 1, maxLength: 5 })
    .map((parts) => parts.map((part) => (part.op === 'match' || part.op === 'not' ? printFilter(part) : `(${printFilter(part)})`)))
  const joined = fc.tuple(several, fc.constantFrom(' ', '  ', ' and ', ' AND ')).map(([parts, and]) => ({ parts, text: parts.join(and) }))
  const pick = fc.nat()

  it('mirror each other', () => {
    fc.assert(
      fc.property(joined, ({ parts, text }) => {
        const found = chips(text)
        if (parts.length > 1) expect(found.map((chip) => chip.text)).toEqual(parts)
        for (const chip of found) expect(chip.text).toBe(text.slice(chip.span.at, chip.span.end))
        expect(bare(found.map((chip) => chip.text).reduce(joinFilters, ''))).toEqual(bare(text))
      }),
    )
  })

  it('lose exactly the removed term', () => {
    fc.assert(
      fc.property(joined, pick, ({ text }, which) => {
        const found = chips(text)
        const i = which % found.length
        expect(terms(removeTerm(text, found[i]!.span))).toEqual(terms(text).toSpliced(i, 1))
      }),
    )
  })

  it('negate exactly one term', () => {
    fc.assert(
      fc.property(joined, pick, ({ text }, which) => {
        const i = which % chips(text).length
        const term = terms(text)[i]!
        const turned = negateTerm(text, chips(text)[i]!.span)
        const opposite: Filter = term.op === 'not' ? term.of : { op: 'not', of: term, at: 0, end: 0 }
        const others = terms(text).map((other, at) => (at === i ? opposite : other))
        expect(bare(turned)).toEqual(others.length === 1 ? opposite : { op: 'and', of: others, at: 0, end: 0 })
      }),
    )
  })

  it('keep every term when it is switched off and on', () => {
    fc.assert(
      fc.property(joined, joined, pick, ({ text }, { text: off }, which) => {
        const found = chips(text)
        const i = which % found.length
        const [left, set] = moveTerm(text, off, found[i]!.span)
        const [offAgain, back] = moveTerm(set, left, chips(set).at(-1)!.span)
        expect(bare(left)).toEqual(bare(removeTerm(text, found[i]!.span)))
        expect(bare(offAgain)).toEqual(bare(joinFilters(off, '')))
        expect(bare(back)).toEqual(bare(joinFilters(removeTerm(text, found[i]!.span), found[i]!.text)))
      }),
    )
  })
})

describe('addTerm', () => {
  const kept: [string, FilterField, string | number | null, string][] = [
    ['', 'src', '10.0.0.1', 'src:10.0.0.1'],
    ['  RDP ', 'dport', 3389, 'RDP dport:3389'],
    ['a or b', 'src', '10.0.0.1', '(a or b) src:10.0.0.1'],
    ['(a or b)', 'src', '10.0.0.1', '(a or b) src:10.0.0.1'],
    ['src:10.0.0.1', 'src', '10.0.0.1', 'src:10.0.0.1'],
    ['dport:22 SRC:10.0.0.1/32', 'src', '10.0.0.1', 'dport:22 SRC:10.0.0.1/32'],
    ['src:10.0.0.1 dport:22', 'src', '10.0.0.2', 'dport:22 src:10.0.0.2'],
    ['src:10.0.0.0/8', 'src', '10.0.0.2', 'src:10.0.0.0/8 src:10.0.0.2'],
    ['not src:10.0.0.2', 'src', '10.0.0.2', 'src:10.0.0.2'],
    ['not dport:22,80 RDP', 'dport', 22, 'not dport:80 RDP dport:22'],
    ['ip:10.0.0.1', 'ip', '10.0.0.2', 'ip:10.0.0.1 ip:10.0.0.2'],
    ['', 'state', null, 'state:none'],
    ['', 'state', 'Q', 'state:"Q"'],
    ['', 'proto', 'esp', 'proto:"esp"'],
    ['', 'proto', '1', 'proto:1'],
    ['', 'proto', 'tcp', 'proto:tcp'],
    ['', 'rule', 'a * "b"', 'rule:"a * \\"b\\""'],
    ['', 'rule', '', 'rule:""'],
    ['', 'mac', '0022', 'mac:"0022"'],
    ['', 'mac', '002248266DB9', 'mac:002248266DB9'],
    ['', 'src', '2001:db8::1', 'src:2001:db8::1'],
    ['acl:dfir-nsg', 'acl', '/subscriptions/x/dfir-nsg', 'acl:dfir-nsg acl:/subscriptions/x/dfir-nsg'],
    ['format:nsg', 'format', 'nsg-v2', 'format:nsg format:nsg-v2'],
    ['action:allow', 'action', 'deny', 'action:deny'],
  ]
  test.each(kept)('keeps in %j %s = %j', (text, field, value, expected) => {
    expect(addTerm(text, field, value)).toBe(expected)
    parseFilter(expected)
  })

  const dropped: [string, FilterField, string | number | null, string][] = [
    ['', 'src', '10.0.0.1', 'not src:10.0.0.1'],
    ['dport:22', 'dport', 22, 'not dport:22'],
    ['dport:22,80', 'dport', 22, 'dport:80 not dport:22'],
    ['-dport:22', 'dport', 22, '-dport:22'],
    ['not dport:22', 'dport', 80, 'not dport:22 not dport:80'],
    ['src:10.0.0.0/8', 'src', '10.0.0.2', 'src:10.0.0.0/8 not src:10.0.0.2'],
    ['a or b', 'rule', 'a', '(a or b) not rule:a'],
  ]
  test.each(dropped)('drops from %j %s = %j', (text, field, value, expected) => {
    expect(addTerm(text, field, value, { not: true })).toBe(expected)
    parseFilter(expected)
  })

  it("throws the parser's error", () => {
    expect(() => addTerm('(a', 'src', '10.0.0.1')).toThrow(Problem)
  })
})
