import { expect, test } from 'vitest'
import { blocksEnd, blocksMark } from './blocks'

const blocks = [12, 100, 50, 2].map((size, i) => ({ name: `id${i}`, size }))

test('marks the leading blocks that end exactly at the offset', () => {
  expect(blocksMark(blocks, 112)).toMatch(/^blocks:2:[0-9a-f]{64}$/)
  expect(blocksMark(blocks, 164)).toMatch(/^blocks:4:/)
  for (const end of [0, 1, 11, 113, 165]) expect(blocksMark(blocks, end)).toBeNull()
  expect(blocksMark([], 0)).toBeNull()
})

test('stays the same when blocks are added behind, and only then', () => {
  const mark = blocksMark(blocks, 112)
  expect(blocksMark([...blocks.slice(0, 3), { name: 'new', size: 9 }, blocks[3]!], 112)).toBe(mark)
  expect(blocksMark([blocks[0]!, { name: 'other', size: 100 }], 112)).not.toBe(mark)
  expect(
    blocksMark(
      [
        { name: 'id0', size: 100 },
        { name: 'id1', size: 12 },
      ],
      112,
    ),
  ).not.toBe(mark)
})

test('ends after the given number of blocks, or after the last', () => {
  expect(blocksEnd(blocks, 2)).toBe(112)
  expect(blocksEnd(blocks, 0)).toBe(0)
  expect(blocksEnd(blocks, 9)).toBe(164)
})
