import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { CONTEXT_FIELDS, FILTER_FIELDS, type FilterField, isContextField } from '@/lib/flow/field/fields'
import { parseFilter } from '@/lib/link/language/parse'
import { atCaret } from '../test/caret'
import { type Completion, complete, completeTerm, completeValues, type Occurring, valuesAsked } from './complete'
import { type Expected, type ExpectedTerm, expectedAt } from './expected'

function at(marked: string): { text: string; expected: Expected } {
  const { text, caret } = atCaret(marked)
  return { text, expected: expectedAt(text, caret)! }
}
/** Fields that every log supports, without context files. */
const PLAIN = FILTER_FIELDS.filter((field) => !isContextField(field))
const terms = (marked: string) => completeTerm(at(marked).expected as ExpectedTerm)
const texts = (completions: readonly Completion[]) => completions.map(({ text }) => text)

describe('completeTerm', () => {
  it('offers every field if nothing is typed, and only the possible words', () => {
    expect(texts(terms('|'))).toEqual([...PLAIN.map((field) => `${field}:`), 'not ', '('])
    expect(texts(terms('a |')).slice(PLAIN.length)).toEqual(['not ', '(', 'and ', 'or '])
    expect(texts(terms('(a |')).slice(PLAIN.length)).toEqual(['not ', '(', ')', 'and ', 'or '])
    expect(texts(terms('(|')).slice(PLAIN.length)).toEqual(['not ', '('])
  })

  it('offers only the context fields that the context files provide', () => {
    const told = completeTerm(at('|').expected as ExpectedTerm, ['country', 'list'])
    const offered = told.filter(({ kind }) => kind === 'field').map(({ label }) => label)
    expect(offered.filter((field) => CONTEXT_FIELDS.some((one) => one === field))).toEqual([
      'src.country',
      'src.list',
      'dst.country',
      'dst.list',
      'country',
      'list',
    ])
  })

  test.each([
    ['s|', ['src:', 'sport:', 'state:', 'scanner:', 'src24:', 'src16:']],
    ['S|', ['src:', 'sport:', 'state:', 'scanner:', 'src24:', 'src16:']],
    ['sp|', ['sport:']],
    ['dest|', ['dst:', 'dport:', 'dst24:', 'dst16:']],
    ['prot|', ['proto:']],
    ['a an|', ['and ']],
    ['an|', []],
    ['no|', ['not ']],
    ['src|', ['src:', 'src!=', 'src24:', 'src16:']],
    ['ip|', ['ip:', 'ip!=']],
    ['port|', ['port:', 'port!=', 'port>', 'port>=', 'port<', 'port<=', 'sport:', 'dport:']],
    ['bytes|', ['bytes:', 'bytes!=', 'bytes>', 'bytes>=', 'bytes<', 'bytes<=']],
    ['s|:1', ['src', 'sport', 'state', 'scanner', 'src24', 'src16']],
    ['xyz|', []],
  ])('continues %j', (marked, expected) => expect(texts(terms(marked))).toEqual(expected))

  it('describes each field', () => {
    expect(terms('dpo|')).toEqual([{ kind: 'field', label: 'dport', text: 'dport:', about: 'destination port: port at the destination' }])
  })
})

describe('valuesAsked', () => {
  const asked: [string, { field: FilterField; prefix: string } | null][] = [
    ['src:|', { field: 'src', prefix: '' }],
    ['not dport:33|', { field: 'dport', prefix: '33' }],
    ['rule:"Allow R|', { field: 'rule', prefix: 'Allow R' }],
    ['rule:User*|', null],
    ['bytes>1|', null],
    ['scanner:b|', null],
    ['new:s|', null],
    ['33|', { field: 'port', prefix: '33' }],
    ['10.|', { field: 'ip', prefix: '10.' }],
    ['2001:db|', { field: 'ip', prefix: '2001:db' }],
    ['::|', { field: 'ip', prefix: '::' }],
    ['rdp|', { field: 'rule', prefix: 'rdp' }],
    ['|', null],
    ['sr|c:1', null],
  ]
  test.each(asked)('in %j', (marked, expected) => expect(valuesAsked(at(marked).expected)).toEqual(expected))
})

describe('completeValues', () => {
  const found: Occurring[] = [
    { value: 'deny', tuples: 20 },
    { value: 'allow', tuples: 3 },
  ]
  it('lists occurring values in the given order, with their counts', () => {
    const { expected } = at('action:|')
    expect(completeValues(expected, 'action', found).map(({ text, tuples }) => [text, tuples])).toEqual([
      ['deny', 20],
      ['allow', 3],
    ])
  })
  it('adds words that do not occur, without a count', () => {
    const { expected } = at('state:|')
    expect(completeValues(expected, 'state', [{ value: 'end', tuples: 1 }]).map(({ text, tuples }) => [text, tuples])).toEqual([
      ['end', 1],
      ['begin', undefined],
      ['continue', undefined],
      ['deny', undefined],
      ['none', undefined],
    ])
  })
  it('leaves out values that the list already has', () => {
    expect(texts(completeValues(at('action:DENY,|').expected, 'action', found))).toEqual(['allow'])
  })
  it('writes the field before the value of a bare word', () => {
    expect(texts(completeValues(at('rdp|').expected, 'rule', [{ value: 'Allow RDP', tuples: 1 }]))).toEqual(['rule:"Allow RDP"'])
  })

  it('writes every value in a form that the filter matches', () => {
    const value: Record<string, fc.Arbitrary<string>> = {
      src: fc.ipV4(),
      dport: fc.nat({ max: 65_535 }).map(String),
      proto: fc.constantFrom('tcp', 'udp', '1', '300', 'ESP'),
      state: fc.constantFrom('begin', 'none', 'Q'),
      rule: fc.string({ maxLength: 20 }),
      mac: fc.constantFrom('', '002248266DB9', '0022'),
    }
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.keys(value)).chain((field) => fc.tuple(fc.constant(field as FilterField), value[field]!)),
        ([field, occurring]) => {
          const { text, expected } = at(`action:deny ${field}:|`)
          const [completion] = completeValues(expected, field, [{ value: occurring, tuples: 1 }])
          const completed = complete(text, expected, completion!.text)
          expect(parseFilter(completed.text)).toMatchObject({ op: 'and', of: [{}, { op: 'match', field }] })
          expect(completed.caret).toBe(completed.text.length)
        },
      ),
    )
  })
})

describe('complete', () => {
  test.each([
    ['sr|', 'src:', 'src:|'],
    ['a | b', 'src:', 'a src:| b'],
    ['a |b', 'src:', 'a src:| b'],
    ['|', 'not ', 'not |'],
    ['a | b', 'not ', 'a not| b'],
    ['a |b', 'not ', 'a not |b'],
    ['|b', '(', '(|b'],
    ['(a |', ')', '(a )|'],
    ['s|p:22', 'sport', 'sport|:22'],
    ['src:10|.0.0.1 b', '10.0.0.9', 'src:10.0.0.9| b'],
    ['src:a,|', 'b', 'src:a,b|'],
    ['src:|,b', 'a', 'src:a|,b'],
    ['(src:|)', 'a', '(src:a|)'],
    ['dport:1|..9', '2', 'dport:2|..9'],
    ['rule:"a b|', '"a b c"', 'rule:"a b c"|'],
    ['rd|', 'rule:x', 'rule:x|'],
  ])('in %j takes %j', (marked, written, expected) => {
    const { text, expected: here } = at(marked)
    const { text: done, caret } = complete(text, here, written)
    expect(`${done.slice(0, caret)}|${done.slice(caret)}`).toBe(expected)
  })
})
