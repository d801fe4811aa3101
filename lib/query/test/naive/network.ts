import { formatAddress, isIPv4, parseAddress } from '@/lib/flow/address/address'
import type { FilterField } from '@/lib/flow/field/fields'
import type { Fact } from '@/lib/query/test/facts'

const addresses = new Map<string, bigint>()

export function addressOf(text: string): bigint {
  const address = addresses.get(text) ?? parseAddress(text)!
  addresses.set(text, address)
  return address
}

/** The network of an end that a field is about, or null: the bits beyond its length are cleared. */
export function networkOf(fact: Fact, field: FilterField): { text: string; first: bigint; last: bigint } | null {
  const found = /^(src|dst)(24|16)$/.exec(field)
  if (!found) return null
  const address = addressOf(fact[found[1] as 'src' | 'dst'])
  const old = isIPv4(address)
  const length = found[2] === '24' ? (old ? 24 : 64) : old ? 16 : 48
  const bits = BigInt((old ? 32 : 128) - length)
  const first = (address >> bits) << bits
  return { text: `${formatAddress(first)}/${length}`, first, last: first + (1n << bits) - 1n }
}
