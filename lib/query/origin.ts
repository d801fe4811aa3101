import { formatAddress, IPV4_BASE, isIPv4 } from '@/lib/flow/address'
import type { ScanGroup } from '@/lib/flow/scan'
import { type Sql, sql } from '@/lib/store/sql'

const IPV4_LAST = IPV4_BASE + 0xffff_ffffn

/** The IPv4 or IPv6 block of each prefix length, as a count of addresses. */
const BLOCKS: Readonly<Record<Exclude<ScanGroup, 'ip'>, { size: bigint; ipv4: boolean }>> = {
  '24': { size: 1n << 8n, ipv4: true },
  '16': { size: 1n << 16n, ipv4: true },
  '64': { size: 1n << 64n, ipv4: false },
  '48': { size: 1n << 80n, ipv4: false },
}

const IS_IPV4 = sql`src between ${IPV4_BASE} and ${IPV4_LAST}`
const IPV4 = sql`cast(src - ${IPV4_BASE} as bigint)`

/**
 * Where a source belongs, as two values: its IPv4 block (engines divide 64 bits many times faster than 128), else -1, and what else tells it apart.
 * Only good to group by: a difference of 128-bit addresses is signed on some engines.
 */
export function originOf(group: ScanGroup): { block: Sql; lone: Sql } {
  if (group === 'ip') return { block: sql`-1`, lone: sql`src` }
  const { size, ipv4 } = BLOCKS[group]
  if (!ipv4) return { block: sql`-1`, lone: sql`case when ${IS_IPV4} then src else src - src % ${size} end` }
  return {
    block: sql`case when ${IS_IPV4} then ${IPV4} - ${IPV4} % ${Number(size)} else -1 end`,
    lone: sql`case when ${IS_IPV4} then ${IPV4_BASE} else src end`,
  }
}

/** The same as columns, named as ORIGIN has them. */
export function originSql(group: ScanGroup): Sql {
  const { block, lone } = originOf(group)
  return sql`${block} as block, ${lone} as lone`
}

export const ORIGIN = sql`block, lone`

/** `45.155.205.0/24`, or the address where the group does not put its family together. */
export function originText(member: bigint, group: ScanGroup): string {
  if (group === 'ip' || BLOCKS[group].ipv4 !== isIPv4(member)) return formatAddress(member)
  return `${formatAddress(member - (member % BLOCKS[group].size))}/${group}`
}
