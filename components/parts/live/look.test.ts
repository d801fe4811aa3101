import { expect, it } from 'vitest'
import { READ_QUIETLY } from '@/components/parts/answer/load/read-quietly'
import { afterLook } from './look'

const read = { blobs: 3, bytes: 900, cachedBlobs: 3, cachedBytes: 900, askAbove: 5e9 }

it('asks nothing anew where nothing came and the range stays', () => expect(afterLook(read, false)).toBe('nothing'))
it('asks anew where the range moves, or something came', () => {
  expect(afterLook(read, true)).toBe('answers')
  expect(afterLook({ ...read, bytes: 901 }, false)).toBe('answers')
  expect(afterLook({ ...read, blobs: 4 }, false)).toBe('answers')
  expect(afterLook({ ...read, bytes: 900 + READ_QUIETLY }, false)).toBe('answers')
})
it('reads with its progress shown where much came', () => expect(afterLook({ ...read, bytes: 901 + READ_QUIETLY }, true)).toBe('reading'))
