/** The 128-bit value of `::ffff:0.0.0.0`: IPv4 addresses live in the IPv4-mapped block (RFC 4291 2.5.5.2), so one integer orders both families. */
export const IPV4_BASE = 0xffff_0000_0000n
export const IPV4_LAST = IPV4_BASE + 0xffff_ffffn
export const ADDRESS_LAST = (1n << 128n) - 1n

export interface AddressRange {
  first: bigint
  /** Inclusive. */
  last: bigint
}

function parseIPv4(text: string): bigint | null {
  const parts = text.split('.')
  if (parts.length !== 4) return null
  let value = 0
  for (const part of parts) {
    if (!/^(0|[1-9]\d{0,2})$/.test(part) || Number(part) > 255) return null
    value = value * 256 + Number(part)
  }
  return BigInt(value)
}

function parseIPv6(text: string): bigint | null {
  const halves = text.split('::')
  if (halves.length > 2) return null
  const groups = (half: string): number[] | null => {
    if (half === '') return []
    const out: number[] = []
    const parts = half.split(':')
    for (const [i, part] of parts.entries()) {
      if (i === parts.length - 1 && part.includes('.')) {
        const v4 = parseIPv4(part)
        if (v4 === null) return null
        out.push(Number(v4 >> 16n), Number(v4 & 0xffffn))
      } else if (/^[0-9a-fA-F]{1,4}$/.test(part)) out.push(Number.parseInt(part, 16))
      else return null
    }
    return out
  }
  const head = groups(halves[0] ?? '')
  const tail = halves.length === 2 ? groups(halves[1] ?? '') : []
  if (head === null || tail === null) return null
  if (halves.length === 2 && (halves[0] ?? '').includes('.')) return null
  const missing = 8 - head.length - tail.length
  if (halves.length === 2 ? missing < 1 : missing !== 0) return null
  let value = 0n
  for (const group of [...head, ...new Array<number>(missing).fill(0), ...tail]) value = (value << 16n) | BigInt(group)
  return value
}

/**
 * An address as one sortable 128-bit integer, or null when the text is none. Takes dotted IPv4 (no leading zeros) and IPv6 in any
 * spelling of RFC 4291, with or without brackets; an IPv4-mapped address is the IPv4 address.
 */
export function parseAddress(text: string): bigint | null {
  const bare = text.startsWith('[') && text.endsWith(']') ? text.slice(1, -1) : text
  if (bare.includes(':')) return parseIPv6(bare)
  if (bare !== text) return null
  const v4 = parseIPv4(bare)
  return v4 === null ? null : IPV4_BASE + v4
}

export function isIPv4(address: bigint): boolean {
  return address >= IPV4_BASE && address <= IPV4_LAST
}

/** Canonical text: dotted for IPv4, RFC 5952 for IPv6. */
export function formatAddress(address: bigint): string {
  if (isIPv4(address)) {
    const v4 = Number(address - IPV4_BASE)
    return `${v4 >>> 24}.${(v4 >>> 16) & 255}.${(v4 >>> 8) & 255}.${v4 & 255}`
  }
  const groups: number[] = []
  for (let shift = 112n; shift >= 0n; shift -= 16n) groups.push(Number((address >> shift) & 0xffffn))
  let start = -1
  let length = 1
  for (let i = 0; i < 8; ) {
    let end = i
    while (end < 8 && groups[end] === 0) end++
    if (end - i > length) {
      start = i
      length = end - i
    }
    i = Math.max(end, i + 1)
  }
  const hex = (part: number[]) => part.map((group) => group.toString(16)).join(':')
  return start < 0 ? hex(groups) : `${hex(groups.slice(0, start))}::${hex(groups.slice(start + length))}`
}

/** A range as parseCidr reads it: a single address without a length. Null when it is no prefix. */
export function formatCidr({ first, last }: AddressRange): string | null {
  const size = last - first + 1n
  const bits = size.toString(2).length - 1
  if (size !== 1n << BigInt(bits) || first % size !== 0n) return null
  return bits === 0 ? formatAddress(first) : `${formatAddress(first)}/${(isIPv4(first) ? 32 : 128) - bits}`
}

/** The /24 of an IPv4 address, the /64 of an IPv6 one; null when the text is no single address. */
export function networkOf(text: string): string | null {
  const address = parseAddress(text)
  if (address === null) return null
  const [host, length] = isIPv4(address) ? [8n, 24] : [64n, 64]
  return `${formatAddress((address >> host) << host)}/${length}`
}

/** `10.0.0.0/8`, `2001:db8::/32`, or a single address, as an inclusive range; host bits are ignored. Null when the text is neither. */
export function parseCidr(text: string): AddressRange | null {
  const slash = text.lastIndexOf('/')
  if (slash < 0) {
    const address = parseAddress(text)
    return address === null ? null : { first: address, last: address }
  }
  const bits = text.slice(slash + 1)
  const literal = text.slice(0, slash)
  const address = parseAddress(literal)
  if (address === null || !/^\d{1,3}$/.test(bits)) return null
  const width = literal.includes(':') ? 128 : 32
  const length = Number(bits)
  if (length > width) return null
  const host = (1n << BigInt(width - length)) - 1n
  const first = address & ~host & ADDRESS_LAST
  return { first, last: first | host }
}
