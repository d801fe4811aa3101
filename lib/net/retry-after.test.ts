import { describe, expect, test } from 'vitest'
import { parseRetryAfter } from './retry-after'

describe('parseRetryAfter', () => {
  const now = Date.UTC(2026, 0, 1)
  test.each([
    [undefined, null],
    ['', null],
    ['0', 0],
    ['7', 7000],
    ['Thu, 01 Jan 2026 00:00:30 GMT', 30_000],
    ['Wed, 31 Dec 2025 23:59:00 GMT', 0],
    ['soon', null],
    ['-3', null],
  ])('%s is %s', (header, wait) => expect(parseRetryAfter(header, now)).toBe(wait))
})
