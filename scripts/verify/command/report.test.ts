import { expect, it } from 'vitest'
import { filters } from '../answering/filters'
import { beforeOf, line, type ProofOutcome } from './report'

const outcome: ProofOutcome = { proof: filters, seed: 5, count: 20, done: 1234, ms: 754_300, figures: { 'a|b': '1 | 2' }, error: null }

it('reads from a row what was done, to go on after it', () => {
  expect(beforeOf(line(outcome, 'here'), filters)).toEqual({ seed: 5, done: 1234, ms: 754_000 })
  expect(beforeOf(line({ ...outcome, done: 1, ms: 2_300 }, 'here'), filters)).toEqual({ seed: 5, done: 1, ms: 2300 })
  expect(beforeOf(line({ ...outcome, error: 'no' }, 'here'), filters)).toBeNull()
  expect(beforeOf(line({ ...outcome, proof: { ...filters, unit: 'seconds' } }, 'here'), { ...filters, unit: 'seconds' })).toBeNull()
})
