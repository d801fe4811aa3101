import type { ExportRow } from '@/lib/flow/answer/export-row'
import { PROTOCOLS } from '@/lib/flow/fields'

/** Keywords of protocols that flow logs are likely to contain (https://www.iana.org/assignments/protocol-numbers), lower case. */
const KEYWORDS: Readonly<Record<number, string>> = {
  1: 'icmp',
  2: 'igmp',
  6: 'tcp',
  17: 'udp',
  47: 'gre',
  50: 'esp',
  51: 'ah',
  58: 'ipv6-icmp',
  89: 'ospfigp',
  132: 'sctp',
}

const SUBSCRIPTION = [/resourceId=\/?subscriptions\/([^/]+)\//i, /flowLogResourceID=\/?([0-9a-f-]{36})_/i] as const

/** IANA number of a row's protocol, or null for a token that is not a number. */
export function protocolNumber({ proto }: ExportRow): number | null {
  const number = PROTOCOLS[proto] ?? (/^\d{1,3}$/.test(proto) ? Number(proto) : null)
  return number !== null && number <= 255 ? number : null
}

/** IANA keyword in lower case, or null for a protocol that is not listed above. */
export function protocolKeyword(number: number | null): string | null {
  return number === null ? null : (KEYWORDS[number] ?? null)
}

export function ipVersion({ src }: ExportRow): 4 | 6 {
  return src.includes(':') ? 6 : 4
}

/** The octets of the NIC's MAC address, joined by the schema's separator; null when the log has no complete MAC. */
export function macWith({ mac }: ExportRow, separator: '-' | ':'): string | null {
  return /^[0-9A-F]{12}$/.test(mac) ? mac.replace(/..(?=.)/g, `$&${separator}`) : null
}

/** The subscription in the blob's path, or null. */
export function subscriptionOf({ blob }: ExportRow): string | null {
  for (const pattern of SUBSCRIPTION) {
    const id = pattern.exec(blob)?.[1]
    if (id) return id.toLowerCase()
  }
  return null
}

/** The sum of both directions, or null when one was not measured. */
export function sum(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : a + b
}

export function productOf({ format }: ExportRow): string {
  return format.startsWith('nsg') ? 'NSG flow logs' : 'virtual network flow logs'
}

type Value = string | number | boolean | readonly Value[] | { readonly [key: string]: Value }
export type Fields = { [key: string]: Value }

/** Omits fields without a value: null, empty text, and empty objects. */
export function present(fields: { readonly [key: string]: Value | null }): Fields {
  const out: Fields = {}
  for (const [key, value] of Object.entries(fields)) {
    if (value === null || value === '') continue
    if (typeof value === 'object' && Object.keys(value).length === 0) continue
    out[key] = value
  }
  return out
}
