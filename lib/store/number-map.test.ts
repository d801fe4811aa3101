import { expect, it } from 'vitest'
import { NumberMap } from './number-map'

it('behaves like a Map', () => {
  const [map, plain] = [new NumberMap(), new Map<number, number>()]
  let seed = 1
  const random = (below: number) => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0
    return seed % below
  }
  for (let i = 0; i < 50_000; i++) {
    // Keys near each other, keys that differ in their upper half alone, and the edges.
    const key = [random(20_000), random(2_097_152) * 0x1_0000_0000, 0, Number.MAX_SAFE_INTEGER - random(5)][random(4)]!
    expect(map.get(key)).toBe(plain.get(key))
    map.set(key, i)
    plain.set(key, i)
  }
  expect(map.size).toBe(plain.size)
  for (const [key, value] of plain) expect(map.get(key)).toBe(value)
})
