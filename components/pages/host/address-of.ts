import { formatAddress, parseAddress } from '@/lib/flow/address/address'

/** A part of a path as typed. */
export function typedPart(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch (error) {
    if (error instanceof URIError) return part
    throw error
  }
}

/** Returns the address in a part of a path in canonical form, or null if it is not one. */
export function addressOf(part: string): string | null {
  const address = parseAddress(typedPart(part))
  return address === null ? null : formatAddress(address)
}
