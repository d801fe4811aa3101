import { describe, expect, it, test } from 'vitest'
import type { FilterField } from '@/lib/flow/fields'
import { Problem } from '@/lib/flow/problem'
import { addTerm, chips, negateTerm, removeTerm } from './edit'
import { parseFilter } from './parse'

const spanOf = (text: string, term: string) => ({ at: text.indexOf(term), end: text.indexOf(term) + term.length })

describe('chips', () => {
  it('shows what the whole filter joins with and', () => {
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
  it('throws what the parser throws', () => {
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

  it('throws what the parser throws', () => {
    expect(() => addTerm('(a', 'src', '10.0.0.1')).toThrow(Problem)
  })
})
