/** Kinds of entries in context files. */
export const CONTEXT_KINDS = ['asn', 'country', 'tag', 'list', 'name', 'inventory', 'rules'] as const
export type ContextKind = (typeof CONTEXT_KINDS)[number]

/** The rejected entries of a context file for one reason: their number, and the first of them. */
export interface RefusedEntries {
  reason: string
  count: number
  /** Line of the first one, from 1; null if the file has no lines. */
  line: number | null
  sample: string | null
}

/** Facts that context gives about an address. */
export const CONTEXT_NAMES = ['net', 'country', 'asn', 'org', 'tag', 'list', 'name', 'vm', 'subnet', 'vnet'] as const
export type ContextName = (typeof CONTEXT_NAMES)[number]

/** Values for a fact that is unknown, and for one with several candidates. */
export const NONE = 'none'
export const AMBIGUOUS = 'ambiguous'
