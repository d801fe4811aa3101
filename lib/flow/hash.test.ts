import { describe, expect, it } from 'vitest'
import { hash53 } from './hash'

describe('hash53', () => {
  it('gives the values published with the algorithm', () => {
    expect(hash53('a')).toBe(7929297801672961)
    expect(hash53('b')).toBe(8684336938537663)
    expect(hash53('revenge')).toBe(4051478007546757)
    expect(hash53('revenue')).toBe(8309097637345594)
  })

  it('fits 53 bits and differs for similar texts', () => {
    const seen = new Set<number>()
    for (let i = 0; i < 20_000; i++) {
      const hash = hash53(`source\0container\0name-${i}`)
      expect(Number.isSafeInteger(hash) && hash >= 0).toBe(true)
      seen.add(hash)
    }
    expect(seen.size).toBe(20_000)
  })
})
