import { expect, it } from 'vitest'
import { parseCidr } from '@/lib/flow/address/address'
import { coverOf } from './blocks'
import { complement, type IntegerRanges } from './ranges'

/** IPv6 prefixes, each without some of its addresses: blocks of almost every size. */
const HOLED: IntegerRanges = ['2001:db8::/32', '2001:dba:7::/48', 'fd00:1:2:3::/64'].flatMap((prefix) => {
  const within = parseCidr(prefix)!
  const holes = [3n, 1n << 20n, (1n << 41n) + 5n].map((at) => within.first + at)
  return complement(
    holes.map((hole) => ({ first: hole, last: hole })),
    within,
  )
})

it.each([1, 4, 6])('covers prefixes without some of their addresses exactly, or not at all, with %i sizes', (most) => {
  const cover = coverOf(HOLED, most)
  if (cover === null) return
  expect(cover.blocks.length).toBeLessThanOrEqual(most)
  const keys = cover.blocks.map(({ bits, keys }) => ({ bits: BigInt(bits), keys: new Set(keys) }))
  const holds = (value: bigint) =>
    cover.ranges.some(({ first, last }) => value >= first && value <= last) || keys.some((one) => one.keys.has(value >> one.bits))
  for (const { first, last } of HOLED) {
    expect([first, last, (first + last) / 2n].map(holds)).toEqual([true, true, true])
    for (const outside of [first - 1n, last + 1n])
      expect(holds(outside)).toBe(HOLED.some((range) => outside >= range.first && outside <= range.last))
  }
})

it('keeps the sizes that need the fewest blocks', () => {
  const at = (bits: number, count: number, from: bigint) =>
    Array.from({ length: count }, (_, i) => {
      const first = from + BigInt(2 * i) * (1n << BigInt(bits))
      return { first, last: first + (1n << BigInt(bits)) - 1n }
    })
  const ranges = [...at(0, 10, 0n), ...at(4, 10, 1n << 20n), ...at(12, 10, 1n << 30n)]
  expect(coverOf(ranges, 3)!.blocks.map(({ bits, keys }) => [bits, keys.length])).toEqual([
    [0, 170],
    [12, 10],
  ])
})
