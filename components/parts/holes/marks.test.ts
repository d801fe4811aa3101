import { expect, it } from 'vitest'
import type { HoleSpan } from '@/lib/flow/answer/read/holes'
import { allMarks, marksOf, timesOf } from './marks'
import { marksAt } from './marks-at'

const NONE = { failed: 0, unread: 0, torn: 0, denied: 0, growing: 0, quiet: 0, rejected: 0 }

function span(hour: number, counts: Partial<HoleSpan>): HoleSpan {
  const at = (n: number) => new Date(Date.UTC(2024, 7, 12, n)).toISOString()
  return { hour: at(hour), from: at(hour), to: at(hour + 1), ...NONE, ...counts }
}

it('shows the number of NICs with missing data', () => {
  const [mark] = marksOf([span(13, { failed: 1, unread: 2, torn: 1, rejected: 3, growing: 4 })], 12)
  expect(mark).toMatchObject({ kind: 'hole' })
  expect(mark!.about).toBe('1 of 12 NICs could not be read, 2 of 12 NICs are not read yet, 1 of 12 NICs with 3 records or tuples rejected')
  expect(timesOf(mark!, 'utc')).toBe('12 Aug 2024 13:00 – 14:00 UTC')
})

it('joins only neighbouring hours with the same text', () => {
  const marks = marksOf([span(1, { failed: 1 }), span(2, { failed: 1 }), span(3, { failed: 2 }), span(5, { failed: 2 })], 9)
  expect(marks.map((mark) => timesOf(mark, 'utc').slice(12))).toEqual(['01:00 – 03:00 UTC', '03:00 – 04:00 UTC', '05:00 – 06:00 UTC'])
})

it('marks a quiet hour only if all NICs are quiet, and never as a hole', () => {
  expect(marksOf([span(1, { quiet: 2 }), span(2, { quiet: 3 }), span(3, { growing: 1, quiet: 2 })], 3).map(({ kind }) => kind)).toEqual([
    'quiet',
    'growing',
  ])
})

it('finds the marks at a time', () => {
  const marks = marksOf([span(1, { failed: 1 }), span(3, { unread: 1 })], 2)
  const at = (n: number) => Date.UTC(2024, 7, 12, n)
  expect(marksAt(marks, at(2), at(3))).toEqual([])
  expect(marksAt(marks, at(1), at(4))).toEqual(['1 of 2 NICs could not be read', '1 of 2 NICs is not read yet'])
})

it('marks hours in which most NICs were silent, in place of quiet hours', () => {
  const at = (n: number) => new Date(Date.UTC(2024, 7, 12, n)).toISOString()
  const silences = [{ from: at(12), to: at(14), nics: 7, of: 7 }]
  const marks = allMarks({ spans: [span(12, { quiet: 7 }), span(13, { quiet: 7 }), span(20, { quiet: 7 })], cards: 7, silences })
  expect(marks.map(({ kind, about }) => [kind, about.slice(0, 24)])).toEqual([
    ['silent', 'no blobs, 7 of 7 NICs th'],
    ['quiet', 'no blob of any NIC: noth'],
  ])
  expect(timesOf(marks[0]!, 'utc')).toBe('12 Aug 2024 12:00 – 14:00 UTC')
})
