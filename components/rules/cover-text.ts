import { formatCount } from '@/components/format/number'
import { parseCidr } from '@/lib/flow/address'
import type { RuleAnswer } from '@/lib/flow/rule-answer'

export type RuleSide = NonNullable<RuleAnswer['allow']>

/** Beyond this many addresses a size is written as a power of two. */
const WORDY = 1n << 32n

/** How many addresses a prefix holds: `256`, `2^79`. */
export function prefixSize(prefix: string): string {
  const { first, last } = parseCidr(prefix)!
  const size = last - first + 1n
  return size <= WORDY ? formatCount(Number(size)) : `2^${size.toString(2).length - 1}`
}

/** `80–81, 443`. */
export function portText(ranges: RuleSide['ports']['cover'][number]['ranges']): string {
  return ranges.map(({ first, last }) => (first === last ? String(first) : `${first}-${last}`)).join(', ')
}

/** The whole set as lines to copy, in the words of a rule: prefixes and ports with commas between them. */
export function coverText({ sources, destinations, ports }: RuleSide): string {
  const list = (end: RuleSide['sources']) => end.cover.prefixes.map(({ prefix }) => prefix).join(',')
  return [
    `source: ${list(sources)}`,
    `destination: ${list(destinations)}`,
    ...ports.cover.map(({ proto, ranges }) => `${proto} ports: ${portText(ranges).replaceAll(' ', '')}`),
  ].join('\n')
}
