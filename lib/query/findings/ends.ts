import { formatAddress } from '@/lib/flow/address/address'
import { scopeRanges } from '@/lib/flow/address/scope'
import { PROTOCOLS } from '@/lib/flow/fields'
import { Cost } from '@/lib/query/condition/cost'
import { inRanges } from '@/lib/query/condition/within'
import type { Sql } from '@/lib/store/sql'

const PUBLIC = scopeRanges('public')
const INSIDE = [...scopeRanges('private'), ...scopeRanges('shared')].sort((a, b) => (a.first < b.first ? -1 : 1))

/** Rows with a public address at an end. */
export function isPublic(end: 'src' | 'dst'): Sql {
  return inRanges(end, PUBLIC, new Cost())
}

/** Rows with an address of inside networks at an end. */
export function isInside(end: 'src' | 'dst'): Sql {
  return inRanges(end, INSIDE, new Cost())
}

/** The same as a term. */
export function insideTerm(end: 'src' | 'dst'): string {
  return `${end}.net:private,shared`
}

const WORDS = new Map(Object.entries(PROTOCOLS).map(([word, code]) => [code, word]))

export function protoWord(code: number): string {
  return WORDS.get(code) ?? String(code)
}

export interface Ends {
  src: bigint
  dst: bigint
  dport: number
}

export function endTerms({ src, dst, dport }: Ends): string {
  return `src:${formatAddress(src)} dst:${formatAddress(dst)} dport:${dport}`
}

/** `10.0.0.4:443`, `[2001:db8::1]:443`. */
export function socket(dst: bigint, dport: number): string {
  const text = formatAddress(dst)
  return `${text.includes(':') ? `[${text}]` : text}:${dport}`
}

export function keyOf({ src, dst, dport }: Ends): string {
  return `${src} ${dst} ${dport}`
}
