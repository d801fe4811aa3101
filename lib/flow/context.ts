/** Kinds of what a context file tells. */
export const CONTEXT_KINDS = ['asn', 'country', 'tag', 'list', 'name', 'inventory', 'rules'] as const
export type ContextKind = (typeof CONTEXT_KINDS)[number]

/** Why entries of a context file were not taken: how many, and the first of them. */
export interface Refused {
  reason: string
  count: number
  /** Line of the first one, from 1, where the file has lines. */
  line: number | null
  sample: string | null
}

/** What is told of an address. */
export const CONTEXT_NAMES = ['net', 'country', 'asn', 'org', 'tag', 'list', 'name', 'vm', 'subnet', 'vnet'] as const
export type ContextName = (typeof CONTEXT_NAMES)[number]

/** What cannot be told, because nothing is known, or because several could be meant. */
export const NONE = 'none'
export const AMBIGUOUS = 'ambiguous'
