import { IPV4_BASE, isIPv4, parseAddress, parseCidr } from '@/lib/flow/address/address'

export interface Bounds {
  first: bigint
  last: bigint
}

/** A dotted address as a number, or -1: lists of a million of them are read. */
function dotted(text: string): number {
  let [value, part, parts, digits] = [0, 0, 1, 0]
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code >= 48 && code <= 57) {
      if (digits > 0 && part === 0) return -1
      part = part * 10 + code - 48
      if (++digits > 3 || part > 255) return -1
    } else if (code === 46 && digits > 0 && parts < 4) {
      value = value * 256 + part
      parts++
      part = 0
      digits = 0
    } else return -1
  }
  return parts === 4 && digits > 0 ? value * 256 + part : -1
}

/** An address as lists write it, or null. */
export function readAddress(text: string): bigint | null {
  const value = dotted(text)
  return value >= 0 ? IPV4_BASE + BigInt(value) : parseAddress(text)
}

const DECIMAL = /^\d{1,39}$/
const IPV4_COUNT = 1n << 32n

/** Both ends of a range, which some lists write as decimal numbers: those of IPv4 are less than 2^32. Null where they are none, or reversed. */
export function readEnds(low: string, high: string): Bounds | null {
  if (DECIMAL.test(low) && DECIMAL.test(high)) {
    const [first, last] = [BigInt(low), BigInt(high)]
    if (first > last || last >= 1n << 128n) return null
    return last < IPV4_COUNT ? { first: IPV4_BASE + first, last: IPV4_BASE + last } : { first, last }
  }
  const [first, last] = [readAddress(low), readAddress(high)]
  return first === null || last === null || first > last || isIPv4(first) !== isIPv4(last) ? null : { first, last }
}

/** An address, a CIDR, or a range with a hyphen; null where it is none of them. */
export function readSpan(text: string): Bounds | null {
  const address = readAddress(text)
  if (address !== null) return { first: address, last: address }
  if (text.includes('/')) return parseCidr(text)
  const hyphen = text.indexOf('-')
  return hyphen < 0 ? null : readEnds(text.slice(0, hyphen).trim(), text.slice(hyphen + 1).trim())
}

/** A MAC in any spelling as twelve upper-case hex digits, or null. */
export function readMac(text: string): string | null {
  if (!/^[0-9a-f]{2}([:-]?[0-9a-f]{2}){5}$|^([0-9a-f]{4}\.){2}[0-9a-f]{4}$/i.test(text)) return null
  return text.replace(/[:.-]/g, '').toUpperCase()
}
