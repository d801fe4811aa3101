import { describe, expect, it } from 'vitest'
import { ReadingPace } from './pace'

const MB = 1_000_000

describe('before anything was loaded', () => {
  it('assumes 100 MB and 800 blobs a second', () => {
    expect(new ReadingPace().estimate({ bytes: 100 * MB, blobs: 0 })).toBe(1000)
    expect(new ReadingPace().estimate({ bytes: 0, blobs: 800 })).toBe(1000)
    expect(new ReadingPace().estimate({ bytes: 200 * MB, blobs: 800 })).toBe(3000)
    expect(new ReadingPace().estimate({ bytes: 0, blobs: 0 })).toBe(0)
  })
})

describe('a machine that needs 5 ms a MB and 2 ms a blob', () => {
  const time = (bytes: number, blobs: number) => (bytes / MB) * 5 + blobs * 2
  const amounts = [
    { bytes: 800 * MB, blobs: 12 },
    { bytes: 3 * MB, blobs: 1500 },
    { bytes: 2000 * MB, blobs: 100 },
  ]

  it('is learnt from a few loads, large ones and many small ones', () => {
    const pace = new ReadingPace()
    for (let i = 0; i < 3; i++) for (const amount of amounts) pace.learn(amount, time(amount.bytes, amount.blobs))
    for (const { bytes, blobs } of [...amounts, { bytes: 12_400 * MB, blobs: 1204 }]) {
      const ratio = pace.estimate({ bytes, blobs }) / time(bytes, blobs)
      expect(ratio).toBeGreaterThan(0.9)
      expect(ratio).toBeLessThan(1.1)
    }
  })

  it('is recognized soon after it has become slower, despite small loads in between', () => {
    const pace = new ReadingPace()
    for (let i = 0; i < 10; i++) for (const amount of amounts) pace.learn(amount, time(amount.bytes, amount.blobs))
    for (let i = 0; i < 500; i++) pace.learn({ bytes: 10_000, blobs: 1 }, 40)
    for (let i = 0; i < 10; i++) for (const amount of amounts) pace.learn(amount, 4 * time(amount.bytes, amount.blobs))
    const ratio = pace.estimate({ bytes: 1000 * MB, blobs: 50 }) / time(1000 * MB, 50)
    expect(ratio).toBeGreaterThan(2.5)
    expect(ratio).toBeLessThan(4.4)
  })
})

it('never estimates a negative time, however odd the loads were', () => {
  const pace = new ReadingPace()
  pace.learn({ bytes: 1000 * MB, blobs: 1 }, 60_000)
  pace.learn({ bytes: 1000 * MB, blobs: 20_000 }, 3_000)
  pace.learn({ bytes: 0, blobs: 0 }, 500)
  for (const bytes of [0, MB, 1e4 * MB]) for (const blobs of [0, 1, 1e5]) expect(pace.estimate({ bytes, blobs })).toBeGreaterThanOrEqual(0)
})
