import { expect, it } from 'vitest'
import { readConfig } from '../config'
import { readMemory } from './memory'

const GIB = 2 ** 30

it("is the configured amount, else the container's limit, else the machine's memory", () => {
  expect(readMemory('512MiB', 4 * GIB, 8 * GIB)).toBe(GIB / 2)
  expect(readMemory(undefined, 4 * GIB, 8 * GIB)).toBe(4 * GIB)
  // Without a container, Node reports 0 or, with control groups v1, an impossibly large number.
  expect(readMemory(undefined, 0, 8 * GIB)).toBe(8 * GIB)
  expect(readMemory(undefined, 2 ** 64, 8 * GIB)).toBe(8 * GIB)
})

it('must be enough for the program itself', () => {
  expect(readConfig({ FLOWLENS_MEMORY: '256MiB' }).memory).toBe(GIB / 4)
  for (const FLOWLENS_MEMORY of ['255MiB', '0', 'all'])
    expect(() => readConfig({ FLOWLENS_MEMORY })).toThrow(/FLOWLENS_MEMORY: must be 256MiB/)
})
