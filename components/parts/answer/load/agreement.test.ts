import { describe, expect, it } from 'vitest'
import { HOUR } from '@/lib/flow/time/bucket'
import type { AskedRange } from '@/lib/flow/view/view'
import { agreementTo, isAgreed } from './agreement'

const H = Date.parse('2024-08-12T10:00:00Z')
const view = { from: '2024-08-12T10:00:00.000Z', to: '2024-08-12T16:00:00.000Z' }
const fixed = (from: number, to: number | null): AskedRange => ({ kind: 'fixed', from, to })

describe('an agreement', () => {
  const agreed = [agreementTo(fixed(H, H + 6 * HOUR), view)]
  it('applies to that range, and to any part of it', () => {
    expect(isAgreed(agreed, fixed(H, H + 6 * HOUR))).toBe(true)
    expect(isAgreed(agreed, fixed(H + HOUR, H + 2 * HOUR))).toBe(true)
  })

  it.each([
    ['one that begins earlier', fixed(H - 1, H + HOUR)],
    ['one that ends later', fixed(H, H + 6 * HOUR + 1)],
    ['one without an end', fixed(H, null)],
    ['one that ends now', { kind: 'last', ms: HOUR } as const],
    ['the newest day', { kind: 'newest' } as const],
  ])('is not for %s', (_, range) => expect(isAgreed(agreed, range)).toBe(false))

  it('to a moving range applies to the same words, and to its times at that moment', () => {
    const moving = [agreementTo({ kind: 'last', ms: 6 * HOUR }, view)]
    expect(isAgreed(moving, { kind: 'last', ms: 6 * HOUR })).toBe(true)
    expect(isAgreed(moving, { kind: 'last', ms: 7 * HOUR })).toBe(false)
    expect(isAgreed(moving, fixed(H + HOUR, H + 2 * HOUR))).toBe(true)
  })
})
