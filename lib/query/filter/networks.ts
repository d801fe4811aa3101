import { ADDRESS_LAST, type AddressRange, IPV4_BASE, IPV4_LAST, isIPv4 } from '@/lib/flow/address/address'
import { type BlockSize, blockOf } from '@/lib/flow/address/block'
import { type IntegerRanges, intersection, rangesOf } from './ranges'

/** IPv4 addresses are numbers within the range of IPv6. */
const IPV4: IntegerRanges = [{ first: IPV4_BASE, last: IPV4_LAST }]
const IPV6: IntegerRanges = [
  { first: 0n, last: IPV4_BASE - 1n },
  { first: IPV4_LAST + 1n, last: ADDRESS_LAST },
]

/** Returns the addresses of all networks of a size that contain addresses of the range, limited to the family that the range begins with. */
export function networksOver(range: AddressRange, size: BlockSize): IntegerRanges {
  const family = isIPv4(range.first) ? IPV4 : IPV6
  const wide = intersection([[range], family]).map(({ first, last }) => ({
    first: blockOf(first, size).first,
    last: blockOf(last, size).last,
  }))
  return intersection([rangesOf(wide), family])
}
