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

/** The address in a part of a path, in canonical text, or null if it is none. */
export function addressOf(part: string): string | null {
  const address = parseAddress(typedPart(part))
  return address === null ? null : formatAddress(address)
}
