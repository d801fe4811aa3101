import { expect, it } from 'vitest'
import { gravest, standingOf } from './hole'

it('is a hole only if logged data is not counted', () => {
  expect(standingOf('failed', 0)).toBe('hole')
  expect(standingOf('unread', 0)).toBe('hole')
  expect(standingOf('read', 1)).toBe('hole')
  expect(standingOf('open', 1)).toBe('hole')
})

it('is no hole if the blob is absent or may grow', () => {
  expect(standingOf('absent', 0)).toBe('quiet')
  expect(standingOf('open', 0)).toBe('growing')
  expect(standingOf('read', 0)).toBe('whole')
})

it('returns the most severe of several', () => {
  expect(gravest([])).toBe('whole')
  expect(gravest(['whole', 'quiet'])).toBe('quiet')
  expect(gravest(['growing', 'hole', 'quiet'])).toBe('hole')
  expect(gravest(['quiet', 'growing'])).toBe('growing')
})
