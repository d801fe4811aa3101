import type { ExportRow } from '@/lib/flow/answer/tuples/export-row'
import { PROTOCOLS } from '@/lib/flow/tuple/protocols'

/** Matches a resource id, which an ACL may be. */
const RESOURCE = /^\/?subscriptions\/([^/]+)\//i

/** Letters of states in a tuple. */
const STATES: Readonly<Record<string, string>> = { begin: 'B', continue: 'C', end: 'E', deny: 'D' }

/** Returns the IANA number of a row's protocol, or null for a token that is not a number. */
export function protocolNumber({ proto }: ExportRow): number | null {
  const number = PROTOCOLS[proto] ?? (/^\d{1,3}$/.test(proto) ? Number(proto) : null)
  return number !== null && number <= 255 ? number : null
}

export function ipVersion({ src }: ExportRow): 4 | 6 {
  return src.includes(':') ? 6 : 4
}

/** Returns the octets of the NIC's MAC address, joined by the schema's separator; null if the log has no complete MAC. */
export function macWith({ mac }: ExportRow, separator: '-' | ':'): string | null {
  return /^[0-9A-F]{12}$/.test(mac) ? mac.replace(/..(?=.)/g, `$&${separator}`) : null
}

/** Returns the resource id of the row's ACL, or null if the log names none. */
export function aclResource({ acl }: ExportRow): string | null {
  return RESOURCE.test(acl) ? acl : null
}

/** Returns the subscription of the flow log, else of the ACL, or null. */
export function subscriptionOf({ subscription, acl }: ExportRow): string | null {
  return (subscription ?? RESOURCE.exec(acl)?.[1] ?? null)?.toLowerCase() ?? null
}

/** Returns the state as written in the tuple; null if it has none. */
export function stateWritten({ state }: ExportRow): string | null {
  return state === null ? null : (STATES[state] ?? state)
}

/** Returns the log's word for the decision: NSG logs write a decision, VNet logs a state. */
export function decisionWritten(row: ExportRow): string | null {
  if (!row.format.startsWith('nsg')) return stateWritten(row)
  return row.action === 'deny' ? 'D' : 'A'
}

export function isIcmp(row: ExportRow): boolean {
  const number = protocolNumber(row)
  return number === 1 || number === 58
}

/** Returns the sum of both directions, or null if one was not measured. */
export function sum(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : a + b
}

export function productOf({ format }: ExportRow): string {
  return format.startsWith('nsg') ? 'NSG flow logs' : 'virtual network flow logs'
}

type Value = string | number | boolean | readonly Value[] | { readonly [key: string]: Value }
export type JsonFields = { [key: string]: Value }

/** Omits fields without a value: null, empty text, and empty objects. */
export function present(fields: { readonly [key: string]: Value | null }): JsonFields {
  const out: JsonFields = {}
  for (const [key, value] of Object.entries(fields)) {
    if (value === null || value === '') continue
    if (typeof value === 'object' && Object.keys(value).length === 0) continue
    out[key] = value
  }
  return out
}
