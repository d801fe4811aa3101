import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Patch } from '@/components/parts/view/patch'
import { parseFilter } from '@/lib/link/language/parse'
import { printFilter } from '@/lib/link/language/print'
import { filters, withoutSpans } from '@/lib/link/test/arbitrary'
import { termsOf } from './terms'

const said = (patch: Patch) => [patch.q ?? '', patch.off ?? ''] as [string, string]

describe('termsOf', () => {
  it('lists applied terms, then switched-off ones, with the links of each', () => {
    const terms = termsOf('action:deny not dport:22', 'src:10.0.0.1')
    expect(terms.map(({ chip, on, place, switchedPlace }) => [chip.text, on, place, switchedPlace])).toEqual([
      ['action:deny', true, 0, 2],
      ['not dport:22', true, 1, 2],
      ['src:10.0.0.1', false, 2, 2],
    ])
    expect(terms.map(({ negated }) => negated)).toEqual([
      { q: 'not action:deny not dport:22', off: 'src:10.0.0.1' },
      { q: 'action:deny dport:22', off: 'src:10.0.0.1' },
      { q: 'action:deny not dport:22', off: 'not src:10.0.0.1' },
    ])
    expect(terms.map(({ switched }) => switched)).toEqual([
      { q: 'not dport:22', off: 'src:10.0.0.1 action:deny' },
      { q: 'action:deny', off: 'src:10.0.0.1 not dport:22' },
      { q: 'action:deny not dport:22 src:10.0.0.1', off: null },
    ])
    expect(terms.map(({ removed }) => removed)).toEqual([
      { q: 'not dport:22', off: 'src:10.0.0.1' },
      { q: 'action:deny', off: 'src:10.0.0.1' },
      { q: 'action:deny not dport:22', off: null },
    ])
  })

  it('treats a filter with a top-level or as one term', () => {
    const [term] = termsOf('a or b', 'c')
    expect(term!.switched).toEqual({ q: null, off: 'c (a or b)' })
    expect(termsOf(...said(term!.switched)).map(({ chip }) => chip.text)).toEqual(['c', '(a or b)'])
  })

  it('neither loses nor adds a term by switching, and returns its new place', () => {
    const text = fc
      .array(filters, { maxLength: 4 })
      .map((parts) =>
        parts.map((part) => (part.op === 'match' || part.op === 'not' ? printFilter(part) : `(${printFilter(part)})`)).join(' '),
      )
    const meant = (one: string) =>
      JSON.stringify(withoutSpans(parseFilter(one)!), (_, value) => (typeof value === 'bigint' ? String(value) : value))
    fc.assert(
      fc.property(text, text, (q, off) => {
        const terms = termsOf(q, off)
        for (const term of terms) {
          const [left, rests] = said(term.switched)
          const after = termsOf(left, rests)
          expect(after.map(({ chip }) => meant(chip.text)).sort()).toEqual(terms.map(({ chip }) => meant(chip.text)).sort())
          expect(meant(after[term.switchedPlace]!.chip.text)).toBe(meant(term.chip.text))
          expect(after[term.switchedPlace]!.on).toBe(!term.on)
        }
      }),
      { numRuns: 60 },
    )
  })
})
