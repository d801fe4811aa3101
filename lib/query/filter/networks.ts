import { ADDRESS_LAST, type AddressRange, IPV4_BASE, IPV4_LAST, isIPv4 } from '@/lib/flow/address/address'
import { type BlockSize, blockOf } from '@/lib/flow/address/block'
import { intersection, type Ranges, rangesOf } from './ranges'

/** The numbers of IPv4 stand among those of IPv6. */
const IPV4: Ranges = [{ first: IPV4_BASE, last: IPV4_LAST }]
const IPV6: Ranges = [
  { first: 0n, last: IPV4_BASE - 1n },
  { first: IPV4_LAST + 1n, last: ADDRESS_LAST },
]

/** The addresses of all networks of a size that a range has addresses of: a range that begins with one family tells of no other. */
export function networksOver(range: AddressRange, size: BlockSize): Ranges {
  const family = isIPv4(range.first) ? IPV4 : IPV6
  const wide = intersection([[range], family]).map(({ first, last }) => ({
    first: blockOf(first, size).first,
    last: blockOf(last, size).last,
  }))
  return intersection([rangesOf(wide), family])
}
