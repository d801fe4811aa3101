import { expect, it } from 'vitest'
import { gathered } from './gathered'

async function* streamOf(sizes: readonly number[], left: { count: number }) {
  let next = 0
  try {
    for (const size of sizes) yield Uint8Array.from({ length: size }, () => next++)
  } finally {
    left.count++
  }
}

const counted = (length: number) => Array.from({ length }, (_, i) => i)

it.each([[[]], [[4]], [[1, 0, 3]], [[0]]])('gives all bytes of chunks of %j bytes', async (sizes) => {
  const found = await gathered(streamOf(sizes, { count: 0 }), 4)
  expect('whole' in found && [...found.whole]).toEqual(counted(sizes.reduce((a, b) => a + b, 0)))
})

it('returns a longer stream from its first byte on, and releases it', async () => {
  for (const most of [0, 3, 7]) {
    const left = { count: 0 }
    const found = await gathered(streamOf([2, 3, 4], left), most)
    if ('whole' in found) throw new Error('it is longer')
    const bytes: number[] = []
    for await (const chunk of found.stream) {
      bytes.push(...chunk)
      if (most === 3 && bytes.length >= 5) break
    }
    expect(bytes).toEqual(counted(most === 3 ? 5 : 9))
    expect(left.count).toBe(1)
  }
})
