import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { formatClock, formatDuration, formatInstant, formatMoment, formatRange, zoneName } from './time'

describe('in UTC', () => {
  it('writes an instant with its zone, and with milliseconds if there are any', () => {
    expect(formatInstant('2024-08-12T16:57:46Z', 'utc')).toBe('2024-08-12 16:57:46 Z')
    expect(formatInstant('2024-08-12T16:57:46.007Z', 'utc')).toBe('2024-08-12 16:57:46.007 Z')
    expect(formatClock(0, 'utc')).toBe('00:00:00')
  })
  it('leaves zero seconds and the expected year out of a moment', () => {
    expect(formatMoment('2024-08-12T16:57:00Z', 'utc', 2024)).toBe('12 Aug 16:57')
    expect(formatMoment('2024-08-12T16:57:09Z', 'utc', 2025)).toBe('12 Aug 2024 16:57:09')
  })
  it('writes a range with the year and the day once', () => {
    expect(formatRange('2024-08-12T00:00:00Z', '2024-08-13T00:00:00Z', 'utc')).toBe('12 Aug 2024 00:00 – 13 Aug 00:00 UTC')
    expect(formatRange('2024-08-12T01:00:00Z', '2024-08-12T02:30:05Z', 'utc')).toBe('12 Aug 2024 01:00 – 02:30:05 UTC')
    expect(formatRange('2024-12-31T23:00:00Z', '2025-01-01T01:00:00Z', 'utc')).toBe('31 Dec 2024 23:00 – 1 Jan 2025 01:00 UTC')
  })
})

describe('in the zone of the machine', () => {
  beforeEach(() => {
    vi.stubEnv('TZ', 'Asia/Kolkata')
  })
  afterEach(() => {
    vi.unstubAllEnvs()
  })
  it('shows the current offset', () => {
    expect(formatInstant('2024-08-12T20:00:00Z', 'local')).toBe('2024-08-13 01:30:00 +05:30')
    expect(zoneName(0, 'local')).toBe('UTC+05:30')
    vi.stubEnv('TZ', 'America/New_York')
    expect(formatInstant('2024-07-01T12:00:00Z', 'local')).toBe('2024-07-01 08:00:00 −04:00')
    expect(formatInstant('2024-01-01T12:00:00Z', 'local')).toBe('2024-01-01 07:00:00 −05:00')
  })
  it('writes the offset at both ends if it changes between them', () => {
    vi.stubEnv('TZ', 'Europe/Berlin')
    expect(formatRange('2024-10-26T22:00:00Z', '2024-10-27T23:00:00Z', 'local')).toBe(
      '27 Oct 2024 00:00 UTC+02:00 – 28 Oct 00:00 UTC+01:00',
    )
  })
})

describe('durations', () => {
  it.each([
    [0, '0 ms'],
    [120, '120 ms'],
    [1500, '1.5 s'],
    [9990, '9.9 s'],
    [10_400, '10 s'],
    [250_000, '4 m 10 s'],
    [3_600_000, '1 h'],
    [183_600_000, '2 d 3 h'],
  ])('writes %d ms as %s', (ms, text) => expect(formatDuration(ms)).toBe(text))
})
