import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type AddressRange, IPV4_BASE, parseAddress, parseCidr } from './address'
import { type Cover, coverAddresses, coverPorts, type SeenRange } from './cover'

const one = (address: bigint): SeenRange => ({ first: address, last: address, seen: 1 })
const of = (...texts: string[]): SeenRange[] => texts.map((text) => one(parseAddress(text)!))
const prefix = (text: string): AddressRange => parseCidr(text)!
const ranges = ({ prefixes }: Cover) => prefixes.map(({ first, last }) => ({ first, last }))
const size = ({ first, last }: AddressRange) => last - first + 1n
const total = (prefixes: readonly AddressRange[]) => prefixes.reduce((sum, range) => sum + size(range), 0n)
const holds = (prefixes: readonly AddressRange[], address: bigint) =>
  prefixes.some(({ first, last }) => first <= address && address <= last)

describe('addresses', () => {
  it('are covered exactly if few prefixes suffice', () => {
    expect(coverAddresses([], 8)).toEqual({ prefixes: [], exact: true })
    expect(coverAddresses(of('203.0.113.77'), 8)).toEqual({ prefixes: of('203.0.113.77'), exact: true })
    const cover = coverAddresses(of('10.0.0.3', '10.0.0.0', '10.0.0.2', '10.0.0.1', '10.0.0.9'), 8)
    expect(cover.exact).toBe(true)
    expect(cover.prefixes).toEqual([{ ...prefix('10.0.0.0/30'), seen: 4 }, ...of('10.0.0.9')])
  })

  it('share wider prefixes if there are more, the nearest addresses first', () => {
    const scattered = of('10.0.0.1', '10.0.0.2', '172.16.0.1', '203.0.113.9')
    const three = coverAddresses(scattered, 3)
    expect(three.exact).toBe(false)
    expect(ranges(three)).toEqual([prefix('10.0.0.0/30'), prefix('172.16.0.1'), prefix('203.0.113.9')])
    expect(three.prefixes.map(({ seen }) => seen)).toEqual([2, 1, 1])
    expect(ranges(coverAddresses(scattered, 1))).toEqual([prefix('0.0.0.0/0')])
  })

  it('of both families never share one', () => {
    const cover = coverAddresses(of('10.0.0.1', '2001:db8::1', '2001:db8::2', '::'), 1)
    expect(ranges(cover)).toEqual([prefix('::/2'), prefix('10.0.0.1')])
    expect(ranges(coverAddresses(of('10.0.0.1', '2001:db8::2', '2001:db8::3'), 1))).toEqual([prefix('10.0.0.1'), prefix('2001:db8::2/127')])
  })

  it('can be given as pieces that are not divided', () => {
    const piece = (text: string, seen: number) => ({ ...prefix(text), seen })
    const cover = coverAddresses([piece('10.0.0.0/24', 256), piece('10.0.1.0/24', 256), piece('10.0.9.0/25', 3)], 2)
    expect(cover).toEqual({ prefixes: [piece('10.0.0.0/23', 512), piece('10.0.9.0/25', 3)], exact: false })
    const loose = { first: parseAddress('10.0.0.3')!, last: parseAddress('10.0.0.5')!, seen: 2 }
    expect(ranges(coverAddresses([loose, one(parseAddress('10.0.0.6')!)], 8))).toEqual([prefix('10.0.0.0/29')])
  })

  it('are covered whatever their number', () => {
    const many = Array.from({ length: 5000 }, (_, i) => one(IPV4_BASE + BigInt(i) * 1_037n))
    const cover = coverAddresses(many, 8)
    expect(cover.prefixes.length).toBeLessThanOrEqual(8)
    expect(cover.prefixes.reduce((sum, { seen }) => sum + seen, 0)).toBe(5000)
    expect(many.every(({ first }) => holds(cover.prefixes, first))).toBe(true)
  })

  const base = parseAddress('192.0.2.0')!
  const some = fc.uniqueArray(fc.integer({ min: 0, max: 15 }), { minLength: 1 })
  /** Every prefix of a block of sixteen addresses. */
  const every = [1, 2, 4, 8, 16].flatMap((width) =>
    Array.from({ length: 16 / width }, (_, i) => ({ first: base + BigInt(i * width), last: base + BigInt((i + 1) * width - 1) })),
  )

  /** Finds the smallest total of at most `most` of all prefixes that contain these addresses, and the fewest prefixes that reach it, by trying all. */
  function best(addresses: readonly bigint[], most: number): { total: bigint; count: number } | null {
    const next = addresses[0]
    if (next === undefined) return { total: 0n, count: 0 }
    if (most === 0) return null
    let found: { total: bigint; count: number } | null = null
    for (const range of every) {
      if (!holds([range], next)) continue
      const rest = best(
        addresses.filter((address) => !holds([range], address)),
        most - 1,
      )
      if (!rest) continue
      const sum = { total: rest.total + size(range), count: rest.count + 1 }
      if (!found || sum.total < found.total || (sum.total === found.total && sum.count < found.count)) found = sum
    }
    return found
  }

  it('have the same cover as found by trying every set of prefixes', () => {
    fc.assert(
      fc.property(some, fc.integer({ min: 1, max: 4 }), (offsets, most) => {
        const addresses = offsets.map((offset) => base + BigInt(offset))
        const { prefixes, exact } = coverAddresses(addresses.map(one), most)
        expect(addresses.every((address) => holds(prefixes, address))).toBe(true)
        expect({ total: total(prefixes), count: prefixes.length }).toEqual(best(addresses, most))
        expect(exact).toBe(total(prefixes) === BigInt(addresses.length))
      }),
    )
  })

  it('are each counted once, by prefixes that do not overlap', () => {
    const address = fc.oneof(fc.bigInt(1n << 127n, (1n << 128n) - 1n), fc.bigInt(IPV4_BASE, IPV4_BASE + 0xffff_ffffn))
    fc.assert(
      fc.property(fc.uniqueArray(address, { maxLength: 60 }), fc.integer({ min: 1, max: 8 }), (addresses, most) => {
        const { prefixes } = coverAddresses(addresses.map(one), most)
        for (const { first, last, seen } of prefixes) {
          expect(seen).toBe(addresses.filter((one) => first <= one && one <= last).length)
          expect(first % size({ first, last })).toBe(0n)
          expect(size({ first, last }).toString(2)).toMatch(/^10*$/)
        }
        expect(prefixes.reduce((sum, { seen }) => sum + seen, 0)).toBe(addresses.length)
        for (const [i, range] of prefixes.entries()) if (i > 0) expect(prefixes[i - 1]!.last < range.first).toBe(true)
      }),
    )
  })
})

describe('ports', () => {
  it('become ranges; the nearest are joined if there are too many', () => {
    expect(coverPorts([], 8)).toEqual({ ranges: [], exact: true })
    expect(coverPorts([443, 80, 81, 443], 8)).toEqual({
      ranges: [
        { first: 80, last: 81 },
        { first: 443, last: 443 },
      ],
      exact: true,
    })
    expect(coverPorts([20, 22, 3389, 3390, 443], 3)).toEqual({
      ranges: [
        { first: 20, last: 22 },
        { first: 443, last: 443 },
        { first: 3389, last: 3390 },
      ],
      exact: false,
    })
    expect(coverPorts([1, 65_535], 1)).toEqual({ ranges: [{ first: 1, last: 65_535 }], exact: false })
  })

  it('have the same cover as found by trying every division', () => {
    const ports = fc.uniqueArray(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 9 })
    const width = (sorted: readonly number[], most: number): number => {
      if (sorted.length === 0) return 0
      if (most === 0) return Number.POSITIVE_INFINITY
      return Math.min(...sorted.map((last, i) => last - sorted[0]! + 1 + width(sorted.slice(i + 1), most - 1)))
    }
    fc.assert(
      fc.property(ports, fc.integer({ min: 1, max: 4 }), (some, most) => {
        const { ranges: found, exact } = coverPorts(some, most)
        const sorted = some.toSorted((a, b) => a - b)
        const held = found.reduce((sum, { first, last }) => sum + last - first + 1, 0)
        expect(found.length).toBeLessThanOrEqual(most)
        expect(sorted.every((port) => found.some(({ first, last }) => first <= port && port <= last))).toBe(true)
        expect(held).toBe(width(sorted, most))
        expect(exact).toBe(held === sorted.length)
      }),
    )
  })
})
