import { expect, it } from 'vitest'
import { READ_QUIETLY } from '@/components/parts/answer/load/read-quietly'
import { afterLook } from './look'

const read = { blobs: 3, bytes: 900, cachedBlobs: 3, cachedBytes: 900, askAbove: 5e9 }

it('requests nothing if no data arrived and the range is fixed', () => expect(afterLook(read, false)).toBe('nothing'))
it('requests again if the range moves, or data arrived', () => {
  expect(afterLook(read, true)).toBe('answers')
  expect(afterLook({ ...read, bytes: 901 }, false)).toBe('answers')
  expect(afterLook({ ...read, blobs: 4 }, false)).toBe('answers')
  expect(afterLook({ ...read, bytes: 900 + READ_QUIETLY }, false)).toBe('answers')
})
it('reads with visible progress if much data arrived', () =>
  expect(afterLook({ ...read, bytes: 901 + READ_QUIETLY }, true)).toBe('reading'))
