import { type AddressRange, formatAddress, isIPv4 } from './address'

/** Networks by the prefix length of IPv4, with a corresponding one of IPv6: /24 with /64, one link; /16 with /48, one site. */
export type BlockSize = '24' | '16'

/** Addresses of a block, for each family. */
export const BLOCK_COUNTS: Readonly<Record<BlockSize, { ipv4: bigint; ipv6: bigint }>> = {
  '24': { ipv4: 1n << 8n, ipv6: 1n << 64n },
  '16': { ipv4: 1n << 16n, ipv6: 1n << 80n },
}

const IPV6_LENGTH: Readonly<Record<BlockSize, number>> = { '24': 64, '16': 48 }

/** Returns the block that contains an address. */
export function blockOf(address: bigint, size: BlockSize): AddressRange {
  const count = BLOCK_COUNTS[size][isIPv4(address) ? 'ipv4' : 'ipv6']
  const first = address - (address % count)
  return { first, last: first + count - 1n }
}

/** Returns the block of an address as text, such as `45.155.205.0/24` or `2001:db8::/64`. */
export function blockText(address: bigint, size: BlockSize): string {
  return `${formatAddress(blockOf(address, size).first)}/${isIPv4(address) ? size : IPV6_LENGTH[size]}`
}

/** Returns the smallest prefix that contains two addresses of one family. */
export function prefixOver(low: bigint, high: bigint): AddressRange {
  let bits = 0n
  while (low >> bits !== high >> bits) bits++
  const first = (low >> bits) << bits
  return { first, last: first + (1n << bits) - 1n }
}
