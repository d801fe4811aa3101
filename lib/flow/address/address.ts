/** The 128-bit value of `::ffff:0.0.0.0`: IPv4 addresses live in the IPv4-mapped block (RFC 4291 2.5.5.2), so one integer orders both families. */
export const IPV4_BASE = 0xffff_0000_0000n
export const IPV4_LAST = IPV4_BASE + 0xffff_ffffn
const IPV4_START = Number(IPV4_BASE)
export const ADDRESS_LAST = (1n << 128n) - 1n

export interface AddressRange {
  first: bigint
  /** Inclusive. */
  last: bigint
}

const DOT = 46
const ZERO = 48

function parseIPv4(text: string): number | null {
  let [value, part, digits, dots] = [0, 0, 0, 0]
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code === DOT) {
      if (digits === 0 || ++dots > 3) return null
      value = value * 256 + part
      part = 0
      digits = 0
      continue
    }
    const digit = code - ZERO
    if (digit < 0 || digit > 9 || (digits > 0 && part === 0)) return null
    part = part * 10 + digit
    digits++
    if (part > 255) return null
  }
  return dots === 3 && digits > 0 ? value * 256 + part : null
}

const COLON = 58

/** Returns the value of a hexadecimal digit, or -1. */
function hexDigit(code: number): number {
  if (code >= ZERO && code <= 57) return code - ZERO
  const letter = code | 32
  return letter >= 97 && letter <= 102 ? letter - 87 : -1
}

/** Reads the groups of one side of `::` into `groups`, from index `at`. Returns the index after them, or -1. */
function readGroups(text: string, groups: number[], at: number): number {
  let [next, value, digits] = [at, 0, 0]
  for (let i = 0; i <= text.length; i++) {
    const code = i === text.length ? COLON : text.charCodeAt(i)
    if (code === COLON) {
      if (digits === 0 || next === 8) return -1
      groups[next++] = value
      value = 0
      digits = 0
    } else if (code === DOT) {
      const v4 = next > 6 ? null : parseIPv4(text.slice(i - digits))
      if (v4 === null) return -1
      groups[next] = Math.floor(v4 / 65_536)
      groups[next + 1] = v4 % 65_536
      return next + 2
    } else {
      const digit = hexDigit(code)
      if (digit < 0 || ++digits > 4) return -1
      value = value * 16 + digit
    }
  }
  return next
}

function parseIPv6(text: string): bigint | null {
  const gap = text.indexOf('::')
  const head = gap < 0 ? text : text.slice(0, gap)
  const tail = gap < 0 ? '' : text.slice(gap + 2)
  const groups = [0, 0, 0, 0, 0, 0, 0, 0]
  const before = head === '' ? 0 : readGroups(head, groups, 0)
  if (before < 0 || (gap < 0 ? before !== 8 : head.includes('.') || before === 8)) return null
  const behind = [0, 0, 0, 0, 0, 0, 0, 0]
  const after = tail === '' ? 0 : readGroups(tail, behind, 0)
  if (after < 0 || before + after > (gap < 0 ? 8 : 7)) return null
  for (let i = 0; i < after; i++) groups[8 - after + i] = behind[i]!
  const [a, b, c, d, e, f, g, h] = groups as [number, number, number, number, number, number, number, number]
  // Numbers hold three groups exactly: few operations on large integers, which are slow.
  const [high, middle, low] = [(a * 65_536 + b) * 65_536 + c, (d * 65_536 + e) * 65_536 + f, g * 65_536 + h]
  return (BigInt(high) << 80n) | (BigInt(middle) << 32n) | BigInt(low)
}

/**
 * Parses an address to one sortable 128-bit integer; null for any other text. Accepts dotted IPv4 (no leading zeros) and IPv6 in any spelling of RFC 4291, with
 * or without brackets; an IPv4-mapped address is the IPv4 address.
 */
export function parseAddress(text: string): bigint | null {
  const bare = text.startsWith('[') && text.endsWith(']') ? text.slice(1, -1) : text
  if (bare.includes(':')) return parseIPv6(bare)
  if (bare !== text) return null
  const v4 = parseIPv4(bare)
  return v4 === null ? null : BigInt(IPV4_START + v4)
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

/** Formats a range as parseCidr reads it; a single address has no length. Null if it is not a prefix. */
export function formatCidr({ first, last }: AddressRange): string | null {
  const size = last - first + 1n
  const bits = size.toString(2).length - 1
  if (size !== 1n << BigInt(bits) || first % size !== 0n) return null
  return bits === 0 ? formatAddress(first) : `${formatAddress(first)}/${(isIPv4(first) ? 32 : 128) - bits}`
}

/** Returns the /24 of an IPv4 address, or the /64 of an IPv6 address; null if the text is not a single address. */
export function networkOf(text: string): string | null {
  const address = parseAddress(text)
  if (address === null) return null
  const [host, length] = isIPv4(address) ? [8n, 24] : [64n, 64]
  return `${formatAddress((address >> host) << host)}/${length}`
}

/** The bits of an address behind a prefix, by their number. */
const HOST_BITS = Array.from({ length: 129 }, (_, bits) => (1n << BigInt(bits)) - 1n)
const NETWORK_BITS = HOST_BITS.map((host) => ADDRESS_LAST ^ host)

/** Reads one to three digits, the whole rest of a text; null for anything else. */
function lengthAt(text: string, at: number): number | null {
  if (at === text.length || text.length - at > 3) return null
  let length = 0
  for (let i = at; i < text.length; i++) {
    const digit = text.charCodeAt(i) - ZERO
    if (digit < 0 || digit > 9) return null
    length = length * 10 + digit
  }
  return length
}

/** Parses `10.0.0.0/8`, `2001:db8::/32` or a single address to an inclusive range; host bits are ignored. Null for any other text. */
export function parseCidr(text: string): AddressRange | null {
  const slash = text.lastIndexOf('/')
  if (slash < 0) {
    const address = parseAddress(text)
    return address === null ? null : { first: address, last: address }
  }
  const literal = text.slice(0, slash)
  const address = parseAddress(literal)
  const length = lengthAt(text, slash + 1)
  if (address === null || length === null) return null
  const width = literal.includes(':') ? 128 : 32
  if (length > width) return null
  const first = address & NETWORK_BITS[width - length]!
  return { first, last: first | HOST_BITS[width - length]! }
}
