import type { HostAnswer } from '@/lib/flow/answers'
import type { FilterField } from '@/lib/flow/fields'
import type { Direction } from '@/lib/flow/tuple'
import { printValue } from '@/lib/link/print'

export type End = HostAnswer['directions'][number]['end']

/** The filter that keeps these values: `src:10.0.0.4 dport:443`. */
export function terms(values: Partial<Record<FilterField, string | number>>): string {
  return Object.entries(values)
    .map(([field, value]) => `${field}:${printValue(field as FilterField, value)}`)
    .join(' ')
}

export function otherEnd(end: End): End {
  return end === 'src' ? 'dst' : 'src'
}

/** How tuples of one end and direction are called, and what they are. */
export function describeWay(end: End, dir: Direction): { name: string; about: string } {
  if (end === 'src') {
    return dir === 'out'
      ? { name: 'from it, outbound', about: 'called by it, as a card on its side sent it' }
      : { name: 'from it, inbound', about: 'called by it, as it arrived at the card of the target' }
  }
  return dir === 'in'
    ? { name: 'to it, inbound', about: 'calling it, as it arrived at a card on its side' }
    : { name: 'to it, outbound', about: 'calling it, as the card of the caller sent it' }
}
