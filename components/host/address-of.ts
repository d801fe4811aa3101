import { formatAddress, parseAddress } from '@/lib/flow/address'

/** The part of a path as it was typed. */
export function typedPart(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch (error) {
    if (error instanceof URIError) return part
    throw error
  }
}

/** The address that a part of a path names, in canonical text, or null when it names none. */
export function addressOf(part: string): string | null {
  const address = parseAddress(typedPart(part))
  return address === null ? null : formatAddress(address)
}
