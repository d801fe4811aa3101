import { IPV4_BASE, isIPv4, parseAddress, parseCidr } from '@/lib/flow/address/address'

export interface AddressBounds {
  first: bigint
  last: bigint
}

/** Parses a dotted address to a number, or -1; fast, because lists may have a million of them. */
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

/** Parses an address as written in lists; null if it is not one. */
export function readAddress(text: string): bigint | null {
  const value = dotted(text)
  return value >= 0 ? IPV4_BASE + BigInt(value) : parseAddress(text)
}

const DECIMAL = /^\d{1,39}$/
const IPV4_COUNT = 1n << 32n

/** Parses both ends of a range. Some lists write them as decimal numbers: below 2^32, they are IPv4. Null if they are not addresses, or reversed. */
export function readEnds(low: string, high: string): AddressBounds | null {
  if (DECIMAL.test(low) && DECIMAL.test(high)) {
    const [first, last] = [BigInt(low), BigInt(high)]
    if (first > last || last >= 1n << 128n) return null
    return last < IPV4_COUNT ? { first: IPV4_BASE + first, last: IPV4_BASE + last } : { first, last }
  }
  const [first, last] = [readAddress(low), readAddress(high)]
  return first === null || last === null || first > last || isIPv4(first) !== isIPv4(last) ? null : { first, last }
}

/** Parses an address, a CIDR, or a range with a hyphen; null for any other text. */
export function readSpan(text: string): AddressBounds | null {
  const address = readAddress(text)
  if (address !== null) return { first: address, last: address }
  if (text.includes('/')) return parseCidr(text)
  const hyphen = text.indexOf('-')
  return hyphen < 0 ? null : readEnds(text.slice(0, hyphen).trim(), text.slice(hyphen + 1).trim())
}

/** Parses a MAC in any spelling to twelve upper-case hex digits; null for any other text. */
export function readMac(text: string): string | null {
  if (!/^[0-9a-f]{2}([:-]?[0-9a-f]{2}){5}$|^([0-9a-f]{4}\.){2}[0-9a-f]{4}$/i.test(text)) return null
  return text.replace(/[:.-]/g, '').toUpperCase()
}
