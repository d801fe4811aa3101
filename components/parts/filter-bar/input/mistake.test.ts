import { describe, expect, it, test } from 'vitest'
import { mistakeApartFrom, mistakeIn } from './mistake'

describe('mistakeIn', () => {
  test.each(['', 'action:deny', '(a or b)'])('finds none in %j', (text) => expect(mistakeIn(text)).toBeNull())

  test.each([
    ['dir:in dport:99999', '99999'],
    ['src:999.1.1.1 dir:in', '999.1.1.1'],
    ['a (foo:1)', 'foo:1'],
    ['dport:22,x,80', 'x'],
    ['a )', ')'],
    ['bytes>1000,5', ','],
  ])('marks what is wrong in %j', (text, marked) => {
    const { span } = mistakeIn(text)!
    expect(text.slice(span.at, span.end)).toBe(marked)
  })

  it('marks the position after the text if something is missing', () => {
    expect(mistakeIn('action:')).toMatchObject({ span: { at: 7, end: 8 }, message: expect.stringContaining('expected a value') })
    expect(mistakeIn('(a')?.span).toEqual({ at: 2, end: 3 })
  })
})

describe('mistakeApartFrom', () => {
  it('lets people finish the word they are typing', () => {
    expect(mistakeApartFrom('dir:in action:de', { at: 7, end: 16 })).toBeNull()
    expect(mistakeApartFrom('dir:in (', { at: 8, end: 8 })).toBeNull()
    expect(mistakeApartFrom('dir:in or ', { at: 10, end: 10 })).toBeNull()
    expect(mistakeApartFrom('(a or b src:', { at: 8, end: 12 })).toBeNull()
  })
  it('marks mistakes elsewhere', () => {
    expect(mistakeApartFrom('dport:99999 sr', { at: 12, end: 14 })?.span).toEqual({ at: 6, end: 11 })
    expect(mistakeApartFrom('dport:99999 src:', { at: 12, end: 16 })?.span).toEqual({ at: 6, end: 11 })
    expect(mistakeApartFrom('dport:99999 ', null)?.span).toEqual({ at: 6, end: 11 })
  })
})
