import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { PROBLEM_KINDS } from '../problem'
import type { Rejection } from './blob'
import { COVERAGE_REASONS, explainReason } from './reasons'

it('has a text for every reason in the corpus of quirks', () => {
  const corpus = join(import.meta.dirname, '../../parse/corpus')
  const seen = readdirSync(corpus)
    .filter((name) => name.endsWith('.rows.json'))
    .flatMap((name) => {
      const { rejected } = JSON.parse(readFileSync(join(corpus, name), 'utf8')) as { rejected: Rejection[] }
      return rejected.map(({ what, reason }) => ({ what, reason, words: explainReason(what, reason) }))
    })
  expect(seen.length).toBeGreaterThan(10)
  expect(seen.filter(({ reason, words }) => reason === words)).toEqual([])
})

it('has a text for every failure of a source or a blob', () => {
  for (const kind of PROBLEM_KINDS) {
    expect(COVERAGE_REASONS).toContain(kind)
    expect(explainReason('source', kind)).toMatch(/^[a-z]/)
  }
  expect(explainReason('blob', 'denied')).toBe('access denied')
  expect(explainReason('tuple', 'time')).not.toBe(explainReason('record', 'time'))
})
