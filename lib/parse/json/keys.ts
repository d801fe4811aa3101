/** Codes of keys. The reader is at the value of the member. */
export const FAIL = -1
export const END = 0
export const OTHER = 1
/** Codes from here to FLOW_LOG_VERSION are keys of a record's header. */
export const TIME = 2
export const CATEGORY = 3
export const MAC_ADDRESS = 4
export const RESOURCE_ID = 5
const FLOW_LOG_RESOURCE_ID = 6
export const FLOW_LOG_VERSION = 7
/** Keys that may hold a record's flows, or records. */
export const PROPERTIES = 8
export const FLOW_RECORDS = 9
export const RECORDS = 10
export const VERSION = 11
export const FLOWS = 12
export const RULE = 13
export const MAC = 14
export const FLOW_TUPLES = 15
export const ACL_ID = 16
export const FLOW_GROUPS = 17
/** Other keys that a record may begin with. */
const HEAD = 18
/** Keys that shippers and exports put around records. */
export const ENVELOPE = 19

/** Splunk (`event`, `_raw`), Elastic and Logstash (`message`, `original`, `_source`), PowerShell (`value`), functions and queues (`body`, `data`). */
const ENVELOPES = [
  ...['event', 'events', 'record', 'value', 'values', 'data', 'result', 'results', 'items', 'body', 'message', 'msg'],
  ...['_raw', '__raw', 'raw', 'rawdata', 'original', '_source', 'payload', 'content', 'json', 'log'],
]

const NAMES: readonly (readonly [string, number])[] = [
  ['time', TIME],
  ['category', CATEGORY],
  ['macaddress', MAC_ADDRESS],
  ['resourceid', RESOURCE_ID],
  ['flowlogresourceid', FLOW_LOG_RESOURCE_ID],
  ['flowlogversion', FLOW_LOG_VERSION],
  ['properties', PROPERTIES],
  ['flowrecords', FLOW_RECORDS],
  ['records', RECORDS],
  ['version', VERSION],
  ['flows', FLOWS],
  ['rule', RULE],
  ['mac', MAC],
  ['flowtuples', FLOW_TUPLES],
  ['aclid', ACL_ID],
  ['flowgroups', FLOW_GROUPS],
  ['systemid', HEAD],
  ['operationname', HEAD],
  ['flowlogguid', HEAD],
  ['targetresourceid', HEAD],
  ...ENVELOPES.map((name): [string, number] => [name, ENVELOPE]),
]

interface KnownKey {
  code: number
  bytes: Uint8Array
}

const encoder = new TextEncoder()
const longest = Math.max(...NAMES.map(([name]) => name.length))
const byLength: readonly KnownKey[][] = Array.from({ length: longest + 1 }, (_, length) =>
  NAMES.filter(([name]) => name.length === length).map(([name, code]) => ({ code, bytes: encoder.encode(name).map((c) => c | 0x20) })),
)

/** Returns the code of a key; `bytes[start, end)` is its text without escapes. Every known key consists of letters and `_`, so the case bit can be ignored. */
export function keyOf(bytes: Uint8Array, start: number, end: number): number {
  const candidates = byLength[end - start]
  if (candidates === undefined) return OTHER
  for (const candidate of candidates) {
    const name = candidate.bytes
    let i = 0
    while (i < name.length && (bytes[start + i]! | 0x20) === name[i]) i++
    if (i === name.length) return candidate.code
  }
  return OTHER
}

/** The same for a key that is written with escapes. */
export function keyOfText(text: string): number {
  if (text.length > longest) return OTHER
  const bytes = encoder.encode(text)
  return keyOf(bytes, 0, bytes.length)
}

/** Longest known key in bytes if every character is escaped; a longer key is unknown. */
export const LONGEST_ESCAPED_KEY = longest * 6

/** True if a record, or a wrapper of records, may begin with this key; nothing inside a record does. */
export function isHead(key: number): boolean {
  return (key >= TIME && key <= FLOW_LOG_VERSION) || key === RECORDS || key === HEAD
}

/** True if an object below a record may begin with this key. */
export function isInner(key: number): boolean {
  return key >= VERSION && key <= FLOW_GROUPS
}

/** True if its value is an array of tuples, or of objects that lead to tuples. */
export function holdsFlows(key: number): boolean {
  return key === FLOWS || key === FLOW_GROUPS || key === FLOW_TUPLES
}
