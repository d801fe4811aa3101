import { expect, it } from 'vitest'
import { isMoving, whyNotLive } from './offer'

const newest = Date.parse('2024-08-12T16:57:00Z')
const now = newest + 600_000
const fixed = (to: number | null) => ({ kind: 'fixed' as const, from: newest - 3_600_000, to })

it('follows ranges that end now', () => {
  expect(whyNotLive({ kind: 'newest' }, null, newest, now)).toBeNull()
  expect(whyNotLive({ kind: 'last', ms: 900_000 }, null, null, now)).toBeNull()
  expect(whyNotLive(fixed(null), null, newest, now)).toBeNull()
})

it('follows fixed ranges that may get new records', () => {
  expect(whyNotLive(fixed(now + 1), null, null, now)).toBeNull()
  expect(whyNotLive(fixed(newest + 1), null, newest, now)).toBeNull()
  expect(whyNotLive(fixed(newest), null, newest, now)).toBe('the range ends before the newest data')
  expect(whyNotLive(fixed(newest), null, null, now)).toBe('the range has ended')
})

it('does not follow a link with a fixed flush time', () =>
  expect(whyNotLive({ kind: 'newest' }, newest, newest, now)).toContain('fixed flush time'))

it('knows which ranges move', () => {
  expect([isMoving({ kind: 'newest' }), isMoving({ kind: 'last', ms: 1 }), isMoving(fixed(null)), isMoving(fixed(now))]).toEqual([
    true,
    true,
    true,
    false,
  ])
})
