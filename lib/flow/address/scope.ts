import { ADDRESS_LAST, type AddressRange, parseCidr } from './address'

/**
 * Scope of an address by its number alone: `private` RFC 1918 and RFC 4193, `shared` carrier-grade NAT (RFC 6598), `loopback` and `link-local` (RFC 6890),
 * `multicast` (RFC 5771, RFC 4291), `azure` the platform's own 168.63.129.16, `reserved` never a host's address, `public` everything else.
 */
export type AddressScope = 'private' | 'shared' | 'loopback' | 'link-local' | 'multicast' | 'azure' | 'reserved' | 'public'

const BLOCKS: readonly [cidr: string, scope: AddressScope][] = [
  ['10.0.0.0/8', 'private'],
  ['172.16.0.0/12', 'private'],
  ['192.168.0.0/16', 'private'],
  ['fc00::/7', 'private'],
  ['100.64.0.0/10', 'shared'],
  ['127.0.0.0/8', 'loopback'],
  ['::1', 'loopback'],
  ['169.254.0.0/16', 'link-local'],
  ['fe80::/10', 'link-local'],
  ['224.0.0.0/4', 'multicast'],
  ['ff00::/8', 'multicast'],
  ['168.63.129.16', 'azure'],
  ['0.0.0.0/8', 'reserved'],
  ['240.0.0.0/4', 'reserved'],
  ['::', 'reserved'],
]

const RANGES: readonly (AddressRange & { scope: AddressScope })[] = BLOCKS.map(([cidr, scope]) => ({ ...parseCidr(cidr)!, scope }))

/** The scopes as words of the filter language, in display order. */
export const NET_WORDS: readonly AddressScope[] = [
  'public',
  'private',
  'shared',
  'loopback',
  'link-local',
  'multicast',
  'azure',
  'reserved',
]

/** Returns the addresses of a scope; `public` has all that no other scope has. */
export function scopeRanges(scope: AddressScope): AddressRange[] {
  if (scope !== 'public') return RANGES.filter((range) => range.scope === scope).map(({ first, last }) => ({ first, last }))
  const gaps: AddressRange[] = []
  let next = 0n
  for (const { first, last } of [...RANGES].sort((a, b) => (a.first < b.first ? -1 : 1))) {
    if (next < first) gaps.push({ first: next, last: first - 1n })
    next = last + 1n
  }
  return next <= ADDRESS_LAST ? [...gaps, { first: next, last: ADDRESS_LAST }] : gaps
}

/** Returns the scope of an address in the form that `parseAddress` returns. */
export function addressScope(address: bigint): AddressScope {
  return RANGES.find(({ first, last }) => first <= address && address <= last)?.scope ?? 'public'
}
