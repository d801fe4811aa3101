import { describe, expect, it } from 'vitest'
import type { Fact, FourAnswers } from './answers'
import { mustAgree } from './compare'

const talker = (key: string, tuples: number): Fact => ({ key, tuples, bytes: tuples * 100 })

const answers: FourAnswers = {
  timeline: [{ t: 0, action: 'allow', tuples: 9 }],
  talkers: [talker('10.0.0.1', 5), talker('10.0.0.2', 3), talker('10.0.0.3', 1)],
  everybody: { total: 4, tuples: 10 },
  rules: [],
  tuples: [{ time: 2, src: '10.0.0.1' }],
  total: 10,
}

function against(change: Partial<FourAnswers>): () => void {
  return () => mustAgree('test', answers, { ...answers, ...change }, 'peer')
}

describe('mustAgree', () => {
  it('accepts rows and their columns in any order', () => {
    expect(against({ talkers: [...answers.talkers].reverse().map(({ key, ...rest }) => ({ ...rest, key: key! })) })).not.toThrow()
  })

  it('names the differing answer and shows the difference', () => {
    const wrong = answers.talkers.map((row, i) => (i === 1 ? { ...row, bytes: 301 } : row))
    expect(against({ talkers: wrong })).toThrow(/talkers differ.*301/s)
    expect(against({ everybody: { total: 4, tuples: 11 } })).toThrow(/everybody differ/)
    expect(against({ total: 11 })).toThrow(/total differ/)
    expect(against({ timeline: [] })).toThrow(/timeline differ/)
    expect(against({ rules: [{ rule: 'one more' }] })).toThrow(/rules differ/)
  })

  it('lets engines choose only among rows with equal rank at the limit', () => {
    const [first, second, last] = answers.talkers as [Fact, Fact, Fact]
    expect(against({ talkers: [first, second, talker('10.0.0.9', 1)] })).not.toThrow()
    expect(against({ talkers: [first, talker('10.0.0.9', 3), last] })).toThrow(/talkers differ/)
    expect(against({ talkers: [first, second, talker('10.0.0.3', 2)] })).toThrow(/talkers differ/)
  })
})
