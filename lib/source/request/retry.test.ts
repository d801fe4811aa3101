import { describe, expect, test } from 'vitest'
import { backoff, isTransient, PACE } from './retry'

describe('isTransient', () => {
  test.each([408, 429, 500, 502, 503, 504])('%i may pass', (status) => expect(isTransient(status)).toBe(true))
  test.each([400, 401, 403, 404, 409, 412, 416, 501, 505])('%i lasts', (status) => expect(isTransient(status)).toBe(false))
  test.each([undefined, 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ECONNREFUSED', 'EAI_AGAIN', 'REQUEST_SEND_ERROR', 'PARSE_ERROR'])(
    'a cut with %s may pass',
    (code) => expect(isTransient({ code })).toBe(true),
  )
  test.each([
    'ENOTFOUND',
    'CERT_HAS_EXPIRED',
    'ERR_TLS_CERT_ALTNAME_INVALID',
    'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    'DEPTH_ZERO_SELF_SIGNED_CERT',
  ])('%s lasts', (code) => expect(isTransient({ code })).toBe(false))
})

describe('backoff', () => {
  test('doubles up to the cap, with full jitter', () => {
    const most = [0, 1, 2, 6, 7, 20].map((attempt) => backoff(attempt, null, PACE, () => 1))
    expect(most).toEqual([200, 400, 800, 12_800, 20_000, 20_000])
    expect(backoff(5, null, PACE, () => 0)).toBe(0)
    expect(backoff(1, null, PACE, () => 0.25)).toBe(100)
  })

  test('waits at least as long as the server asks, at most the cap', () => {
    expect(backoff(0, 3000, PACE, () => 0)).toBe(3000)
    expect(backoff(6, 3000, PACE, () => 1)).toBe(12_800)
    expect(backoff(0, 3_600_000, PACE, () => 0)).toBe(20_000)
  })
})
