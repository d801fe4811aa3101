import { formatCount } from '@/components/parts/format/number'
import { parseCidr } from '@/lib/flow/address/address'
import type { RuleAnswer } from '@/lib/flow/answer/traffic/rule'

export type RuleSide = NonNullable<RuleAnswer['allow']>

/** Sizes beyond this many addresses are written as a power of two. */
const WORDY = 1n << 32n

/** Number of addresses of a prefix: `256`, `2^79`. */
export function prefixSize(prefix: string): string {
  const { first, last } = parseCidr(prefix)!
  const size = last - first + 1n
  return size <= WORDY ? formatCount(Number(size)) : `2^${size.toString(2).length - 1}`
}

/** `80–81, 443`. */
export function portText(ranges: RuleSide['ports']['cover'][number]['ranges']): string {
  return ranges.map(({ first, last }) => (first === last ? String(first) : `${first}-${last}`)).join(', ')
}

/** The whole set as lines to copy, in the form of a rule: prefixes and ports with commas. */
export function coverText({ sources, destinations, ports }: RuleSide): string {
  const list = (end: RuleSide['sources']) => end.cover.prefixes.map(({ prefix }) => prefix).join(',')
  return [
    `source: ${list(sources)}`,
    `destination: ${list(destinations)}`,
    ...ports.cover.map(({ proto, ranges }) => `${proto} ports: ${portText(ranges).replaceAll(' ', '')}`),
  ].join('\n')
}
