import fc from 'fast-check'
import { expect, it } from 'vitest'
import { IPV4_BASE, IPV4_LAST } from '@/lib/flow/address/address'
import { find } from './find'
import { flatten, type Label, type LabelledRange } from './range-table'

const labels: Label[] = ['a', 'b', 'c', 'd'].map((text) => ({ text, until: null }))
/** Possible ends of ranges: inside IPv4, at its borders, and on both sides of 64 bits. */
const places = [
  ...Array.from({ length: 24 }, (_, i) => IPV4_BASE + BigInt(i)),
  ...Array.from({ length: 4 }, (_, i) => IPV4_LAST - 2n + BigInt(i)),
  IPV4_BASE - 1n,
  ...Array.from({ length: 24 }, (_, i) => (0x2001n << 112n) + (1n << 64n) - 12n + BigInt(i)),
]

const range = fc
  .tuple(fc.constantFrom(...places), fc.constantFrom(...places), fc.nat({ max: labels.length - 1 }))
  .map(([a, b, label]): LabelledRange => {
    const [first, last] = a < b ? [a, b] : [b, a]
    return { first, last, label }
  })

/** Returns every label that covers an address, by its narrowest range, as one would read the list by hand. */
function naive(ranges: readonly LabelledRange[], address: bigint): string[] {
  const found = new Map<string, number>()
  for (const { first, last, label } of ranges) {
    if (address < first || address > last) continue
    const [text, size] = [labels[label]!.text, Number(last - first) + 1]
    if (size < (found.get(text) ?? Number.POSITIVE_INFINITY)) found.set(text, size)
  }
  return [...found].sort(([a, x], [b, y]) => x - y || (a < b ? -1 : 1)).map(([text]) => text)
}

it('gives the same labels as a naive reading of overlapping ranges, for every address', () => {
  fc.assert(
    fc.property(fc.array(range, { maxLength: 30 }), (ranges) => {
      const table = flatten(ranges, labels)
      for (const address of places) expect(find(table, address).map(({ label }) => label.text)).toEqual(naive(ranges, address))
    }),
    { numRuns: 500 },
  )
})

it('merges neighbours with the same labels', () => {
  const twins = [0n, 1n, 2n].map((i) => ({ first: IPV4_BASE + i, last: IPV4_BASE + i, label: 0 }))
  expect(flatten(twins, labels).ipv4.first.length).toBe(1)
})
