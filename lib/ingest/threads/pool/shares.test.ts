import { expect, it } from 'vitest'
import { sharesOf } from './shares'

const MIB = 2 ** 20

it('gives every part its maximum if there is enough', () => {
  expect(sharesOf(2048 * MIB, 4, 2)).toEqual({
    reading: { threads: 2, heap: 512 * MIB, readers: 48, held: 64 * MIB },
    engine: { memory: 512 * MIB, threads: 2 },
    queries: 4,
  })
  expect(sharesOf(1024 ** 4, 9, 96)).toMatchObject({ reading: { threads: 96 }, engine: { memory: 512 * MIB, threads: 96 }, queries: 9 })
})

it('gives a small container a small engine with one query at a time, and few readers, however many cores there are', () => {
  expect(sharesOf(512 * MIB, 4, 64)).toEqual({
    reading: { threads: 1, heap: 128 * MIB, readers: 12, held: 32 * MIB },
    engine: { memory: 128 * MIB, threads: 1 },
    queries: 1,
  })
})
