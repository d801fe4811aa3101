import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { formatAddress, IPV4_BASE, isIPv4, parseAddress } from './address'
import { addressesBeginning, numbersBeginning } from './beginnings'

/** Returns every spelling of an address without leading zeros. */
function spellings(address: bigint): string[] {
  if (isIPv4(address)) return [formatAddress(address)]
  const groups = Array.from({ length: 8 }, (_, i) => ((address >> BigInt(112 - 16 * i)) & 0xffffn).toString(16))
  const found = [groups.join(':')]
  for (let from = 0; from < 8; from++)
    for (let to = from + 1; to <= 8 && groups[to - 1] === '0'; to++)
      found.push(`${groups.slice(0, from).join(':')}::${groups.slice(to).join(':')}`)
  return found
}

const holds = (text: string, address: bigint) => addressesBeginning(text).some(({ first, last }) => first <= address && address <= last)

const group = fc.constantFrom(0, 0, 0, 1, 0x10, 0xdb8, 0x2001, 0xfe80, 0xffff, 0xa)
const ipv6 = fc
  .array(group, { minLength: 8, maxLength: 8 })
  .map((groups) => groups.reduce((value, part) => (value << 16n) | BigInt(part), 0n))
const octet = fc.constantFrom(0, 1, 2, 10, 25, 100, 192, 255)
const ipv4 = fc
  .array(octet, { minLength: 4, maxLength: 4 })
  .map((octets) => IPV4_BASE + octets.reduce((value, part) => (value << 8n) | BigInt(part), 0n))
const address = fc.oneof(ipv4, ipv6)

describe('addressesBeginning', () => {
  it('contains exactly the addresses that have a spelling with this beginning', () => {
    const beginning = fc.tuple(address, fc.nat(), fc.nat()).map(([of, which, length]) => {
      const all = spellings(of)
      const spelled = all[which % all.length]!
      return { text: spelled.slice(0, length % (spelled.length + 1)), of }
    })
    const scrap = fc.string({ unit: fc.constantFrom('0', '1', '2', 'f', '.', ':'), maxLength: 6 })
    const read = (text: string, candidate: bigint) => spellings(candidate).some((spelled) => spelled.startsWith(text))
    fc.assert(
      fc.property(beginning, scrap, address, ({ text, of }, other, candidate) => {
        expect(holds(text, of)).toBe(true)
        expect(holds(text, candidate)).toBe(read(text, candidate))
        expect(holds(other, candidate)).toBe(read(other, candidate))
      }),
      { numRuns: 5000 },
    )
  })

  test.each([
    ['10.0.0.4', '10.0.0.4'],
    ['10.0.0.4', '10.0.0.45'],
    ['192.168.', '192.168.255.255'],
    ['2001:DB8', '2001:db8::1'],
    ['[2001:db8:', '2001:db8:0:1::'],
    ['fe80::2', 'fe80::2:0:1'],
    ['::', '::1'],
    ['1', '1.2.3.4'],
    ['1', '1fff::'],
  ])('%j begins %s', (text, within) => expect(holds(text, parseAddress(within)!)).toBe(true))

  test.each([
    ['10.0.0.4', '10.0.0.5'],
    ['10.0', '10.10.0.0'],
    ['::', '10.0.0.4'],
    ['0', '10.0.0.4'],
    ['2001:db8::2', '2001:db8::1'],
  ])('%j does not begin %s', (text, outside) => expect(holds(text, parseAddress(outside)!)).toBe(false))

  test.each(['rdp', '1.2.3.4.', '1.2.3.4.5', '300.', '01.', '1..', '1::2::3', ':::', '1:2:3:4:5:6:7:8:', '12345:', '00', '10.0.0.0/8'])(
    '%j begins nothing',
    (text) => expect(addressesBeginning(text)).toEqual([]),
  )

  it('contains all addresses for an empty text', () => {
    fc.assert(fc.property(address, (candidate) => holds('', candidate)))
  })
})

describe('numbersBeginning', () => {
  it('contains exactly the numbers whose text begins with the digits', () => {
    const typed = fc.oneof(fc.nat({ max: 99_999 }).map(String), fc.string({ unit: fc.constantFrom('0', '1', '6', 'x'), maxLength: 5 }))
    fc.assert(
      fc.property(typed, fc.nat({ max: 65_535 }), (text, candidate) => {
        const held = numbersBeginning(text, 65_535).some(({ first, last }) => first <= candidate && candidate <= last)
        expect(held).toBe(String(candidate).startsWith(text))
      }),
      { numRuns: 3000 },
    )
  })

  it('stops at the largest number', () => {
    expect(numbersBeginning('65', 65_535)).toEqual([
      { first: 65, last: 65 },
      { first: 650, last: 659 },
      { first: 6500, last: 6599 },
      { first: 65_000, last: 65_535 },
    ])
    expect(numbersBeginning('99999', 65_535)).toEqual([])
    expect(numbersBeginning('9', Number.MAX_SAFE_INTEGER).at(-1)!.first).toBe(9_000_000_000_000_000)
  })
})
