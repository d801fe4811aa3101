import { formatAddress, IPV4_BASE, isIPv4 } from '@/lib/flow/address/address'
import { scopeRanges } from '@/lib/flow/address/scope'
import { PROTOCOLS } from '@/lib/flow/tuple/protocols'
import { Cost } from '@/lib/query/condition/cost'
import { listedAddresses } from '@/lib/query/condition/listed'
import { either } from '@/lib/query/condition/logic'
import type { IntegerRanges } from '@/lib/query/filter/ranges'
import { BoundRows, Sql, type SqlList, sql } from '@/lib/store/sql'

const PUBLIC = scopeRanges('public')
const INSIDE = [...scopeRanges('private'), ...scopeRanges('shared')].sort((a, b) => (a.first < b.first ? -1 : 1))

/** Each family apart: DuckDB compares an IPv4 address in a quarter of the time of a 128-bit one. */
function inScope(end: 'src' | 'dst', ranges: IntegerRanges): Sql {
  return listedAddresses(end, ranges, null, new Cost())!.condition
}

/** Returns the condition for rows with a public address at an end. */
export function isPublic(end: 'src' | 'dst'): Sql {
  return inScope(end, PUBLIC)
}

/** Returns the condition for rows with an internal address at an end. */
export function isInside(end: 'src' | 'dst'): Sql {
  return inScope(end, INSIDE)
}

/** Returns the condition for rows with one of these addresses at an end. */
export function isOneOf(end: 'src' | 'dst', addresses: readonly bigint[]): Sql {
  const [ipv4, ipv6] = [Sql.of([`${end}_ipv4`], []), Sql.of([`${end}_ipv6`], [])]
  const narrow = addresses.filter(isIPv4).map((address) => Number(address - IPV4_BASE))
  const wide = addresses.filter((address) => !isIPv4(address))
  return either([
    ...(narrow.length > 0 ? [sql`(${ipv4} is not null and ${ipv4} in ${narrow})`] : []),
    ...(wide.length > 0 ? [sql`(${ipv6} is not null and ${ipv6} in ${wide})`] : []),
  ])
}

/** Values of columns of `tuples`, row by row; one of the columns is the destination. */
export type BoundEnds = Readonly<Record<string, SqlList>> & { dst: readonly bigint[] }

/**
 * Returns the condition for rows that have the values of one of these rows. The destination is also compared by itself: where it does not occur, which is almost
 * everywhere, engines then do not read the other columns.
 */
export function isAmong(rows: BoundEnds): Sql {
  return sql`${isOneOf('dst', [...new Set(rows.dst)])} and (${Sql.of([Object.keys(rows).join(', ')], [])}) in ${new BoundRows(rows)}`
}

/** Returns ends column by column. */
export function boundEnds(found: readonly FindingEnds[]): { src: bigint[]; dst: bigint[]; dport: number[] } {
  return { src: found.map(({ src }) => src), dst: found.map(({ dst }) => dst), dport: found.map(({ dport }) => dport) }
}

/** Returns `isInside` as a term. */
export function insideTerm(end: 'src' | 'dst'): string {
  return `${end}.net:private,shared`
}

const WORDS = new Map(Object.entries(PROTOCOLS).map(([word, code]) => [code, word]))

export function protoWord(code: number): string {
  return WORDS.get(code) ?? String(code)
}

export interface FindingEnds {
  src: bigint
  dst: bigint
  dport: number
}

export function endTerms({ src, dst, dport }: FindingEnds): string {
  return `src:${formatAddress(src)} dst:${formatAddress(dst)} dport:${dport}`
}

/** Formats `10.0.0.4:443` or `[2001:db8::1]:443`. */
export function socket(dst: bigint, dport: number): string {
  const text = formatAddress(dst)
  return `${text.includes(':') ? `[${text}]` : text}:${dport}`
}

export function keyOf({ src, dst, dport }: FindingEnds): string {
  return `${src} ${dst} ${dport}`
}
