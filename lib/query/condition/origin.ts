import { formatAddress, IPV4_BASE, isIPv4 } from '@/lib/flow/address/address'
import type { ScanGroup } from '@/lib/flow/field/scan'
import { type Sql, sql } from '@/lib/store/sql'

const IPV4_LAST = IPV4_BASE + 0xffff_ffffn

/** Numbers of addresses in a block, for each family. */
interface BlockSizes {
  ipv4: bigint
  ipv6: bigint
}

/** A block, identified by two values. */
interface Block {
  block: Sql
  lone: Sql
}

/** Number of bits of an address that do not matter, for each family. */
export const LOOSE_BITS: Readonly<Record<ScanGroup, { ipv4: number; ipv6: number }>> = {
  ip: { ipv4: 0, ipv6: 0 },
  '24': { ipv4: 8, ipv6: 0 },
  '16': { ipv4: 16, ipv6: 0 },
  '64': { ipv4: 0, ipv6: 64 },
  '48': { ipv4: 0, ipv6: 80 },
  '24-64': { ipv4: 8, ipv6: 64 },
  '16-48': { ipv4: 16, ipv6: 80 },
}

function sizesOf(group: ScanGroup): BlockSizes {
  const { ipv4, ipv6 } = LOOSE_BITS[group]
  return { ipv4: 1n << BigInt(ipv4), ipv6: 1n << BigInt(ipv6) }
}

/**
 * Identifies the block of an address by two values: the IPv4 block, else -1 (engines divide 64 bits many times faster than 128), and the IPv6 block. A
 * difference of 128-bit addresses is signed on some engines, hence the cast.
 */
export function blockOf(address: Sql, { ipv4, ipv6 }: BlockSizes): Block {
  const isOld = sql`${address} between ${IPV4_BASE} and ${IPV4_LAST}`
  const old = sql`cast(${address} - ${IPV4_BASE} as bigint)`
  const rest = ipv6 === 1n ? address : sql`cast(${address} - ${address} % ${ipv6} as uhugeint)`
  if (ipv4 === 1n) return { block: sql`-1`, lone: ipv6 === 1n ? address : sql`case when ${isOld} then ${address} else ${rest} end` }
  return {
    block: sql`case when ${isOld} then ${old} - ${old} % ${Number(ipv4)} else -1 end`,
    lone: sql`case when ${isOld} then ${IPV4_BASE} else ${rest} end`,
  }
}

/** The block of a source as columns with the names in ORIGIN. */
export function originSql(group: ScanGroup): Sql {
  const { block, lone } = blockOf(sql`src`, sizesOf(group))
  return sql`${block} as block, ${lone} as lone`
}

export const ORIGIN = sql`block, lone`

/** Returns `45.155.205.0/24`, or the address if the grouping does not group its family. */
export function originText(member: bigint, group: ScanGroup): string {
  const old = isIPv4(member)
  const { ipv4, ipv6 } = sizesOf(group)
  const size = old ? ipv4 : ipv6
  return size === 1n ? formatAddress(member) : `${formatAddress(member - (member % size))}/${group.split('-')[old ? 0 : 1] ?? group}`
}
