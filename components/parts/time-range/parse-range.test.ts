import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { formatRange } from '@/components/parts/format/time'
import { Problem } from '@/lib/flow/problem'
import type { AskedRange } from '@/lib/flow/view/view'
import { parseRange } from './parse-range'
import { writeRange } from './write-range'

/** A Tuesday. */
const NOW = Date.parse('2024-08-13T10:20:30Z')
const utc = { now: NOW, zone: 'utc' } as const
const local = { now: NOW, zone: 'local' } as const

beforeEach(() => {
  vi.stubEnv('TZ', 'Europe/Berlin')
})
afterEach(() => {
  vi.unstubAllEnvs()
})

const fixed = (from: string, to: string | null): AskedRange => ({
  kind: 'fixed',
  from: Date.parse(from),
  to: to === null ? null : Date.parse(to),
})
function mistake(text: string): Problem {
  try {
    parseRange(text, utc)
  } catch (error) {
    if (error instanceof Problem) return error
    throw error
  }
  throw new Error(`${text} was understood`)
}

describe('ranges that end now', () => {
  it.each([
    ['last 6h', 360],
    ['Last 90 minutes', 90],
    ['past 2 days', 2880],
    ['6h', 360],
    ['-15m', 15],
    ['1h30m', 90],
    ['1.5 hours', 90],
    ['last hour', 60],
    ['last week', 10_080],
    [' 2w ', 20_160],
    ['120 s', 2],
  ])('reads %s', (text, minutes) => expect(parseRange(text, utc)).toEqual({ kind: 'last', ms: minutes * 60_000 }))
  it('parses the newest data', () => {
    expect(parseRange('newest', utc)).toEqual({ kind: 'newest' })
    expect(parseRange('latest', utc)).toEqual({ kind: 'newest' })
    expect(parseRange('latest 24 h', utc)).toEqual({ kind: 'newest' })
  })
})

describe('whole days and months', () => {
  it.each([
    ['today', '2024-08-13', '2024-08-14'],
    ['yesterday', '2024-08-12', '2024-08-13'],
    ['This day last week', '2024-08-06', '2024-08-07'],
    ['2024-08-12', '2024-08-12', '2024-08-13'],
    ['12 Aug', '2024-08-12', '2024-08-13'],
    ['Aug 12', '2024-08-12', '2024-08-13'],
    ['12 August 2023', '2023-08-12', '2023-08-13'],
    ['august 12, 2023', '2023-08-12', '2023-08-13'],
    ['13 Aug', '2024-08-13', '2024-08-14'],
    ['14 Aug', '2023-08-14', '2023-08-15'],
    ['29 Feb', '2024-02-29', '2024-03-01'],
    ['31 Dec', '2023-12-31', '2024-01-01'],
    ['monday', '2024-08-12', '2024-08-13'],
    ['Tue', '2024-08-13', '2024-08-14'],
    ['wednesday', '2024-08-07', '2024-08-08'],
    ['2024-02', '2024-02-01', '2024-03-01'],
    ['Feb 2023', '2023-02-01', '2023-03-01'],
    ['december', '2023-12-01', '2024-01-01'],
    ['12 Aug..14 Aug 2024', '2024-08-12', '2024-08-15'],
    ['30 Jan 2023 to 2 Feb', '2023-01-30', '2023-02-03'],
    ['30 Dec 2022 – 2 Jan', '2022-12-30', '2023-01-03'],
    ['monday..wednesday', '2024-08-12', '2024-08-15'],
    ['yesterday..today', '2024-08-12', '2024-08-14'],
    ['Jan 2024..Feb 2024', '2024-01-01', '2024-03-01'],
  ])('reads %s', (text, from, to) => expect(parseRange(text, utc)).toEqual(fixed(from, to)))

  it('finds the last day of a month from the first of the next', () => {
    expect(parseRange('yesterday', { now: Date.parse('2024-03-01T00:00:00Z'), zone: 'utc' })).toEqual(fixed('2024-02-29', '2024-03-01'))
    expect(parseRange('yesterday', { now: Date.parse('2023-03-01T12:00:00Z'), zone: 'utc' })).toEqual(fixed('2023-02-28', '2023-03-01'))
  })
  it('finds the last leap day', () =>
    expect(parseRange('29 Feb', { now: Date.parse('2023-05-01T00:00:00Z'), zone: 'utc' })).toEqual(fixed('2020-02-29', '2020-03-01')))
})

describe('two ends', () => {
  it.each([
    ['yesterday 14:00..16:00', '2024-08-12T14:00:00Z', '2024-08-12T16:00:00Z'],
    ['12 Aug 14:00..15:00', '2024-08-12T14:00:00Z', '2024-08-12T15:00:00Z'],
    ['14:00 12 Aug .. 15:00', '2024-08-12T14:00:00Z', '2024-08-12T15:00:00Z'],
    ['today 9:30 - 10:15:30', '2024-08-13T09:30:00Z', '2024-08-13T10:15:30Z'],
    ['12 Aug 22:00..02:00', '2024-08-12T22:00:00Z', '2024-08-13T02:00:00Z'],
    ['31 Dec 23:00..01:00', '2023-12-31T23:00:00Z', '2024-01-01T01:00:00Z'],
    ['09:00..10:00', '2024-08-13T09:00:00Z', '2024-08-13T10:00:00Z'],
    ['14:00..15:00', '2024-08-12T14:00:00Z', '2024-08-12T15:00:00Z'],
    ['yesterday 2pm to 4:30 pm', '2024-08-12T14:00:00Z', '2024-08-12T16:30:00Z'],
    ['12am..12pm', '2024-08-13T00:00:00Z', '2024-08-13T12:00:00Z'],
    ['12 Aug 23:00..24:00', '2024-08-12T23:00:00Z', '2024-08-13T00:00:00Z'],
    ['2024-08-12T16:57:46Z..2024-08-12T16:58:00.250Z', '2024-08-12T16:57:46Z', '2024-08-12T16:58:00.250Z'],
    ['2024-08-12 16:57:46.5 → 17:00', '2024-08-12T16:57:46.500Z', '2024-08-12T17:00:00Z'],
    ['2024-08-12T16:57+02:00..2024-08-12T16:57Z', '2024-08-12T14:57:00Z', '2024-08-12T16:57:00Z'],
    ['12 Aug 2024 16:00 – 18:00 UTC+02:00', '2024-08-12T14:00:00Z', '2024-08-12T16:00:00Z'],
    ['12 Aug 16:00..18:00 −0530', '2024-08-12T21:30:00Z', '2024-08-12T23:30:00Z'],
    ['12 Aug 16:00 local..18:00', '2024-08-12T14:00:00Z', '2024-08-12T16:00:00Z'],
    ['1723481866..1723481966', '2024-08-12T16:57:46Z', '2024-08-12T16:59:26Z'],
    ['1723481866.5..1723481966500', '2024-08-12T16:57:46.500Z', '2024-08-12T16:59:26.500Z'],
    ['2h ago..1h ago', '2024-08-13T08:20:30Z', '2024-08-13T09:20:30Z'],
    ['now-2h..now - 30m', '2024-08-13T08:20:30Z', '2024-08-13T09:50:30Z'],
    ['12 Aug 14:00..14 Aug', '2024-08-12T14:00:00Z', '2024-08-15T00:00:00Z'],
    ['monday 8:00..tuesday 9:00', '2024-08-12T08:00:00Z', '2024-08-13T09:00:00Z'],
  ])('reads %s', (text, from, to) => expect(parseRange(text, utc)).toEqual(fixed(from, to)))

  it.each(['yesterday 14:00..now', 'yesterday 14:00..', '12 Aug 14:00 until now'])('leaves the end open in %s', (text) =>
    expect(parseRange(text, utc)).toEqual(fixed('2024-08-12T14:00:00Z', null)),
  )

  it.each([
    ['12 Aug 14:00 + 2h', '2024-08-12T14:00:00Z', '2024-08-12T16:00:00Z'],
    ['12 Aug 14:00..+90s', '2024-08-12T14:00:00Z', '2024-08-12T14:01:30Z'],
    ['12 Aug 14:00 +02:00 + 1 day', '2024-08-12T12:00:00Z', '2024-08-13T12:00:00Z'],
    ['1723481866+5m', '2024-08-12T16:57:46Z', '2024-08-12T17:02:46Z'],
    ['12 Aug 14:00 ± 10m', '2024-08-12T13:50:00Z', '2024-08-12T14:10:00Z'],
    ['12 Aug +/- 1d', '2024-08-11T00:00:00Z', '2024-08-14T00:00:00Z'],
  ])('measures from a time: %s', (text, from, to) => expect(parseRange(text, utc)).toEqual(fixed(from, to)))
})

describe('in the zone of the machine', () => {
  it.each([
    ['2024-08-12 16:00..17:00', '2024-08-12T14:00:00Z', '2024-08-12T15:00:00Z'],
    ['2024-08-12 16:00..17:00 Z', '2024-08-12T16:00:00Z', '2024-08-12T17:00:00Z'],
    ['today', '2024-08-12T22:00:00Z', '2024-08-13T22:00:00Z'],
    ['31 Mar 2024', '2024-03-30T23:00:00Z', '2024-03-31T22:00:00Z'],
    ['27 Oct 2024', '2024-10-26T22:00:00Z', '2024-10-27T23:00:00Z'],
    ['27 Oct 2024 02:30 + 1h', '2024-10-27T00:30:00Z', '2024-10-27T01:30:00Z'],
    ['31 Mar 2024 01:59 .. 03:00', '2024-03-31T00:59:00Z', '2024-03-31T01:00:00Z'],
    ['Oct 2023', '2023-09-30T22:00:00Z', '2023-10-31T23:00:00Z'],
  ])('reads %s', (text, from, to) => expect(parseRange(text, local)).toEqual(fixed(from, to)))

  it('uses the current day of the zone', () => {
    const late = Date.parse('2024-08-12T23:30:00Z')
    expect(parseRange('today', { now: late, zone: 'local' })).toEqual(fixed('2024-08-12T22:00:00Z', '2024-08-13T22:00:00Z'))
    expect(parseRange('today', { now: late, zone: 'utc' })).toEqual(fixed('2024-08-12', '2024-08-13'))
  })
})

describe('reads back', () => {
  const second = fc.integer({ min: 0, max: 4_000_000_000 })
  it.each(['UTC', 'Europe/Berlin', 'America/St_Johns', 'Asia/Kolkata', 'Pacific/Auckland'])('its own output in %s', (tz) => {
    vi.stubEnv('TZ', tz)
    fc.assert(
      fc.property(
        second,
        fc.integer({ min: 1, max: 100_000_000_000 }),
        fc.constantFrom('utc' as const, 'local' as const),
        (from, length, zone) => {
          const range = { kind: 'fixed' as const, from: from * 1000, to: from * 1000 + length }
          expect(parseRange(writeRange(range, zone), { now: NOW, zone: 'utc' })).toEqual(range)
        },
      ),
    )
  })
  it('the printed range, to the second', () => {
    fc.assert(
      fc.property(
        second,
        fc.integer({ min: 1, max: 100_000_000 }),
        fc.constantFrom('utc' as const, 'local' as const),
        (from, length, zone) => {
          const range = { kind: 'fixed' as const, from: from * 1000, to: (from + length) * 1000 }
          expect(parseRange(formatRange(range.from, range.to, zone), { now: NOW, zone: 'utc' })).toEqual(range)
        },
      ),
    )
  })
  it.each(['last 6h', 'last 7d', 'latest 24 h', '2024-08-12 14:00:00 Z .. now'])('%s', (text) =>
    expect(writeRange(parseRange(text, utc), 'utc')).toBe(text),
  )
})

describe('mistakes', () => {
  it.each([
    ['', 0, 'last 6h'],
    ['soon', 0, 'soon is no time; expected a day'],
    ['12 Foo', 0, 'expected a day'],
    ['yesterday 14:00', 15, 'The end is missing'],
    ['now', 3, 'The end is missing'],
    ['..14:00', 0, 'The beginning is missing'],
    ['yesterday 14:00..16:00 tomorrow', 23, 'tomorrow is too much here'],
    ['yesterday 25:00..26:00', 10, '25:00 is no time of day'],
    ['13pm..14:00', 0, 'no time of day'],
    ['2024-02-30', 0, 'does not exist'],
    ['30 Feb', 0, 'does not exist'],
    ['2023-02-29', 0, 'does not exist'],
    ['2024-13-01', 0, 'does not exist'],
    ['12 Aug 14:00..13 Aug 25:00', 21, 'no time of day'],
    ['12 Aug 2024..11 Aug 2024', 13, 'ends before it begins'],
    ['now..yesterday', 5, 'ends before it begins'],
    ['last', 0, 'last is no time'],
    ['last x', 5, 'x is no duration'],
    ['last 90s', 5, 'whole number of minutes'],
    ['last 9999w', 5, 'ten years'],
    ['12 Aug 14:00 +99:00..15:00', 13, 'no zone'],
    ['12 Aug 14:00 ± x', 15, 'x is no duration'],
    ['Aug 2024 14:00..15:00', 0, 'no time of day'],
    ['1969-12-31', 0, 'before 1970'],
    ['12 Aug 14', 7, 'expected one such as 14:00'],
  ])('%j is marked at %i', (text, at, says) => {
    const { message, at: marked, kind } = mistake(text)
    expect({ marked, kind }).toEqual({ marked: at, kind: 'ask' })
    expect(message).toContain(says)
  })

  it('fails only with a Problem, and never returns an empty range', () => {
    const piece = fc.constantFrom(
      '12',
      'Aug',
      '2024',
      '14:00',
      '..',
      ' ',
      '+',
      '-',
      'last',
      '6h',
      'now',
      'Z',
      '±',
      'monday',
      '1723481866',
      '31 Feb',
      'T',
    )
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string({ maxLength: 4 })), { maxLength: 8 }), (pieces) => {
        const text = pieces.join('')
        try {
          const range = parseRange(text, utc)
          if (range.kind === 'fixed' && range.to !== null) expect(range.to).toBeGreaterThan(range.from)
        } catch (error) {
          if (!(error instanceof Problem)) throw error
          expect(error.at).toBeGreaterThanOrEqual(0)
          expect(error.at).toBeLessThanOrEqual(text.length)
        }
      }),
      { numRuns: 500 },
    )
  })
})
