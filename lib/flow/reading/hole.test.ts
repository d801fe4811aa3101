import { expect, it } from 'vitest'
import { gravest, standingOf } from './hole'

it('calls a hole only what was logged and is not counted', () => {
  expect(standingOf('failed', 0)).toBe('hole')
  expect(standingOf('unread', 0)).toBe('hole')
  expect(standingOf('read', 1)).toBe('hole')
  expect(standingOf('open', 1)).toBe('hole')
})

it('proves no loss by a blob that is not there, nor by one that may grow', () => {
  expect(standingOf('absent', 0)).toBe('quiet')
  expect(standingOf('open', 0)).toBe('growing')
  expect(standingOf('read', 0)).toBe('whole')
})

it('shows the gravest of several', () => {
  expect(gravest([])).toBe('whole')
  expect(gravest(['whole', 'quiet'])).toBe('quiet')
  expect(gravest(['growing', 'hole', 'quiet'])).toBe('hole')
  expect(gravest(['quiet', 'growing'])).toBe('growing')
})
