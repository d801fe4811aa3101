/** Codes as stored, one byte each. The position is the code, so the order never changes and new words are appended. */
export const ACTIONS = ['allow', 'deny'] as const
export const DIRECTIONS = ['in', 'out'] as const
/** `none` is NSG v1, which has no state; `other` is a token that Azure does not document: the group keeps its text. */
export const STATES = ['none', 'begin', 'continue', 'end', 'deny', 'other'] as const
/** Layouts, distinguished by a record's category and version. */
export const FORMATS = ['nsg-v1', 'nsg-v2', 'vnet-v4'] as const

export type Action = (typeof ACTIONS)[number]
export type Direction = (typeof DIRECTIONS)[number]
export type Format = (typeof FORMATS)[number]

export const ALLOW = 0
export const DENY = 1
export const IN = 0
export const OUT = 1
export const STATE_NONE = 0
export const STATE_BEGIN = 1
export const STATE_CONTINUE = 2
export const STATE_END = 3
export const STATE_DENY = 4
export const STATE_OTHER = 5
/** Protocols are IANA numbers 0–255; this stands for a token that is not a number, which the group keeps. */
export const PROTO_OTHER = 256

/** The values that tuples of one rule at one NIC share. `id` is a 53-bit hash of the rest, so every instance computes the same one. */
export interface FlowGroup {
  id: number
  source: string
  /** Id of the flow log, as in `/api/logs`. */
  log: string
  logName: string
  /** Twelve upper-case hex digits, or as many as the log gives; empty if it gives none. */
  mac: string
  format: Format
  /** The NSG's resource id (NSG logs) or the record's `aclID` (VNet), in the spelling of the log. */
  acl: string
  rule: string
  /** Encryption token as written (VNet), or null. */
  enc: string | null
  /** Token behind PROTO_OTHER, else null. */
  proto: string | null
  /** Token behind STATE_OTHER, else null. */
  state: string | null
}

/** A tuple's id: its blob and the offset of its first byte, both in base 36: `b1k4f-3a9`. */
export function tupleId(blob: number, offset: number): string {
  return `${blob.toString(36)}-${offset.toString(36)}`
}

export function parseTupleId(id: string): { blob: number; offset: number } | null {
  const match = /^([0-9a-z]{1,11})-([0-9a-z]{1,11})$/.exec(id)
  if (!match) return null
  const blob = Number.parseInt(match[1]!, 36)
  const offset = Number.parseInt(match[2]!, 36)
  return Number.isSafeInteger(blob) && Number.isSafeInteger(offset) ? { blob, offset } : null
}
