import { type AddressRange, IPV4_BASE } from './address'

/** Inclusive at both ends. */
export interface NumberRange {
  first: number
  last: number
}

const IPV4_LAST = IPV4_BASE + 0xffff_ffffn
const GROUPS = 8

/** Returns the ranges of numbers of at most `last` that begin with `digits` in `base`: one range for each number of further digits. */
function continued(digits: string, base: 10 | 16, last: number): NumberRange[] {
  if (digits === '') return [{ first: 0, last }]
  const value = Number.parseInt(digits, base)
  if (value === 0) return digits === '0' ? [{ first: 0, last: 0 }] : []
  if (digits.startsWith('0')) return []
  const ranges: NumberRange[] = []
  for (let width = 1; value * width <= last; width *= base)
    ranges.push({ first: value * width, last: Math.min(value * width + width - 1, last) })
  return ranges
}

/** Returns the numbers from 0 to `last` whose decimal text begins with `text`; none if no number does. */
export function numbersBeginning(text: string, last: number): NumberRange[] {
  return /^\d*$/.test(text) ? continued(text, 10, last) : []
}

/** Returns the addresses that extend `before` by `bits` bits, the first `width` of which are in a range. */
function below(before: bigint, { first, last }: NumberRange, width: bigint, bits: bigint): AddressRange {
  const rest = bits - width
  return { first: ((before << width) | BigInt(first)) << rest, last: (((before << width) | BigInt(last)) << rest) | ((1n << rest) - 1n) }
}

function ipv4Beginning(text: string): AddressRange[] {
  const parts = text.split('.')
  const partial = parts.pop()!
  if (parts.length > 3 || ![...parts, partial].every((part) => /^\d{0,3}$/.test(part))) return []
  let before = 0n
  for (const part of parts) {
    if (!/^(0|[1-9]\d*)$/.test(part) || Number(part) > 255) return []
    before = (before << 8n) | BigInt(part)
  }
  const bits = BigInt(32 - 8 * parts.length)
  return continued(partial, 10, 255).map((octet) => {
    const { first, last } = below(before, octet, 8n, bits)
    return { first: IPV4_BASE + first, last: IPV4_BASE + last }
  })
}

function groupsBeginning(groups: readonly string[], partial: string): AddressRange[] {
  if (groups.length >= GROUPS || !groups.every((group) => /^(0|[1-9a-f][0-9a-f]{0,3})$/.test(group))) return []
  if (!/^[0-9a-f]{0,4}$/.test(partial)) return []
  const before = groups.reduce((value, group) => (value << 16n) | BigInt(`0x${group}`), 0n)
  const bits = BigInt(128 - 16 * groups.length)
  return continued(partial, 16, 0xffff).map((group) => below(before, group, 16n, bits))
}

function ipv6Beginning(text: string): AddressRange[] {
  const [head = '', tail, ...more] = (text === ':' ? '::' : text).split('::')
  if (more.length > 0) return []
  const groups = head === '' ? [] : head.split(':')
  if (tail === undefined) return groupsBeginning(groups.slice(0, -1), groups.at(-1) ?? '')
  if (tail === '') return groupsBeginning(groups, '0')
  const after = tail.split(':')
  const partial = after.pop()!
  const spare = GROUPS - groups.length - after.length - 1
  return Array.from({ length: Math.max(0, spare) }, (_, i) =>
    groupsBeginning([...groups, ...new Array<string>(i + 1).fill('0'), ...after], partial),
  ).flat()
}

/** IPv4-mapped addresses are written dotted, so the beginning of an IPv6 address never matches them. */
function withoutIPv4({ first, last }: AddressRange): AddressRange[] {
  if (last < IPV4_BASE || first > IPV4_LAST) return [{ first, last }]
  return [
    { first, last: IPV4_BASE - 1n },
    { first: IPV4_LAST + 1n, last },
  ].filter((range) => range.first <= range.last)
}

/**
 * Returns the addresses that begin with `text`: dotted for IPv4; for IPv6 in any spelling without leading zeros, with `::` anywhere it may stand (RFC 4291
 * 2.2). None if no address begins with it.
 */
export function addressesBeginning(text: string): AddressRange[] {
  const typed = text.toLowerCase().replace(/^\[/, '')
  const dotted = typed.includes(':') ? [] : ipv4Beginning(typed)
  return [...dotted, ...(typed.includes('.') ? [] : ipv6Beginning(typed).flatMap(withoutIPv4))]
}
