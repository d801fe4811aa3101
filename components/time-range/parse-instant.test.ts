import { afterEach, beforeEach, expect, it } from 'vitest'
import { parseInstant } from './parse-instant'

const before = process.env.TZ
beforeEach(() => {
  process.env.TZ = 'Europe/Berlin'
})
afterEach(() => {
  process.env.TZ = before
})

it.each([
  ['2024-08-12', '2024-08-12T00:00:00.000Z'],
  ['2024-08-12 16:57', '2024-08-12T16:57:00.000Z'],
  [' 2024-08-12T16:57:46Z ', '2024-08-12T16:57:46.000Z'],
  ['2024-08-12 16:57:46.5 Z', '2024-08-12T16:57:46.500Z'],
  ['2024-08-12T16:57:46+02:00', '2024-08-12T14:57:46.000Z'],
  ['2024-08-12 16:57:46 −05:30', '2024-08-12T22:27:46.000Z'],
])('reads %s', (text, iso) => expect(new Date(parseInstant(text, 'utc')!).toISOString()).toBe(iso))

it('reads a time without a zone in the zone of the page', () => {
  expect(parseInstant('2024-08-12 16:00', 'local')).toBe(Date.parse('2024-08-12T14:00:00Z'))
  expect(parseInstant('2024-08-12 16:00 Z', 'local')).toBe(Date.parse('2024-08-12T16:00:00Z'))
})

it.each(['', 'now', '2024-13-01', '2024-02-30', '2024-08-12 25:00', '12 Aug 2024', '2024-08-12 16:57 +99:00'])('refuses %j', (text) =>
  expect(parseInstant(text, 'utc')).toBeNull(),
)
