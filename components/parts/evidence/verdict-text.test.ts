import { expect, it } from 'vitest'
import type { Difference } from '@/lib/flow/answer/evidence/evidence'
import { rowsText, verdictText } from './verdict-text'

const blob = (what: Difference['what']): Difference => ({
  source: 's',
  container: 'c',
  blob: what,
  what,
  bytesKept: null,
  before: null,
  now: null,
})
const now = { blobs: 96, tuples: 1_204_511 }

it('describes the basis of a link', () => {
  const text = (verdict: Parameters<typeof verdictText>[0]['verdict'], whats: Difference['what'][], reason: string | null = null) =>
    verdictText({ verdict, blobs: whats.map(blob), now, reason }, '12 Aug')
  expect(text('same', [])).toBe('Same data as when this link was made (96 blobs, 1,204,511 tuples in the range)')
  expect(text('grown', ['grown', 'grown'])).toBe(
    '2 blobs have grown since; answer unchanged as of 12 Aug (96 blobs, 1,204,511 tuples in the range)',
  )
  expect(text('changed', ['missing', 'grown', 'new', 'changed', 'missing'])).toBe(
    'Not the same data as when this link was made: 1 changed, 2 missing, 1 new',
  )
  expect(text('changed', [], 'why')).toBe('Not the same data as when this link was made: why')
})

it("shows the difference in a blob's rows", () => {
  expect(rowsText(90, 30)).toBe('90 → 30 rows (−60)')
  expect(rowsText(null, 1200)).toBe('0 → 1,200 rows (+1,200)')
  expect(rowsText(90, null)).toBe('90 → 0 rows (−90)')
  expect(rowsText(90, 90)).toBe('90 rows, as many as before')
})
