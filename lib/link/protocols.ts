import { PROTOCOLS } from '@/lib/flow/fields'

/** Words that a filter takes for a protocol, with their IANA numbers. */
export const PROTOCOL_WORDS: ReadonlyMap<string, number> = new Map(Object.entries({ ...PROTOCOLS, icmp: 1, icmpv6: 58 }))

export function isProtocolWord(word: string): boolean {
  return PROTOCOL_WORDS.has(word)
}
