import fc from 'fast-check'
import { expect, it, test } from 'vitest'
import { parseFilter } from '@/lib/link/language/parse'
import { printFilter } from '@/lib/link/language/print'
import { filters, withoutSpans } from '../test/arbitrary'
import { atCaret } from '../test/caret'
import { contextOf } from './context'
import { expectedAt } from './expected'

const context = (marked: string) => {
  const { text, caret } = atCaret(marked)
  return contextOf(text, expectedAt(text, caret)!.word)
}

test.each([
  ['|', ''],
  ['src:|', ''],
  ['action:deny src:|', 'action:deny'],
  ['action:deny |', 'action:deny'],
  ['| action:deny', 'action:deny'],
  ['action:deny src:1| dport:22', 'action:deny dport:22'],
  ['action:deny and src:1| and not dport:22', 'action:deny not dport:22'],
  ['action:deny not src:|', 'action:deny'],
  ['action:deny -src:|', 'action:deny'],
  ['action:deny -|', 'action:deny'],
  ['action:deny (dport:22 or src:|)', 'action:deny'],
  ['action:deny (dport:22 or src:|', 'action:deny'],
  ['action:deny (dport:22 src:|)', 'action:deny dport:22'],
  ['action:deny (dport:22 (dir:in src:|', 'action:deny dport:22 dir:in'],
  ['action:deny not (dport:22 src:|)', 'action:deny'],
  ['action:deny or src:|', ''],
  ['action:deny dir:in or src:|', ''],
  ['(dport:22 or dport:23) src:|', '(dport:22 or dport:23)'],
  ['src:1.1.1.1,| dport:22', 'dport:22'],
  ['rule:"a b| dport:22', ''],
])('of %j is %j', (marked, expected) => expect(context(marked)).toBe(expected))

test.each(['dport:99999 src:|', 'foo:1 src:|', 'src:| "open', ') src:|', 'or src:|'])('of %j is not understood', (marked) =>
  expect(context(marked)).toBeNull(),
)

it('keeps all terms that a filter joins to a term at any place', () => {
  fc.assert(
    fc.property(fc.array(filters, { minLength: 1, maxLength: 4 }), fc.nat(), (parts, which) => {
      const texts = parts.map((part) => (part.op === 'match' ? printFilter(part) : `(${printFilter(part)})`))
      const place = which % (texts.length + 1)
      const before = texts.slice(0, place).join(' ')
      const text = [...texts.slice(0, place), 'src:', ...texts.slice(place)].join(' ')
      const at = before === '' ? 0 : before.length + 1
      const left = parseFilter(contextOf(text, { at, end: at + 'src:'.length })!)
      const asked = parseFilter(texts.join(' '))
      expect(left && withoutSpans(left)).toEqual(asked && withoutSpans(asked))
    }),
  )
})
