/** Protocols that are shown as words, with their IANA numbers. */
export const PROTOCOLS: Readonly<Record<string, number>> = { tcp: 6, udp: 17 }
/** Protocol words of the filter language, with their IANA numbers. */
export const PROTOCOL_WORDS: ReadonlyMap<string, number> = new Map(Object.entries({ ...PROTOCOLS, icmp: 1, icmpv6: 58 }))
