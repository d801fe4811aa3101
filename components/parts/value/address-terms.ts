import type { HostAnswer } from '@/lib/flow/answer/traffic/host'
import type { FilterField } from '@/lib/flow/field/fields'
import type { Direction } from '@/lib/flow/tuple/tuple'
import { printValue } from '@/lib/link/language/print'

export type HostEnd = HostAnswer['directions'][number]['end']

/** The filter that keeps these values: `src:10.0.0.4 dport:443`. */
export function terms(values: Partial<Record<FilterField, string | number>>): string {
  return Object.entries(values)
    .map(([field, value]) => `${field}:${printValue(field as FilterField, value)}`)
    .join(' ')
}

export function otherEnd(end: HostEnd): HostEnd {
  return end === 'src' ? 'dst' : 'src'
}

/** Name and meaning of the tuples of one end and direction. */
export function describeWay(end: HostEnd, dir: Direction): { name: string; about: string } {
  if (end === 'src') {
    return dir === 'out'
      ? { name: 'from it, outbound', about: 'sent by it, logged at a NIC on its side' }
      : { name: 'from it, inbound', about: 'sent by it, logged at the destination’s NIC' }
  }
  return dir === 'in'
    ? { name: 'to it, inbound', about: 'sent to it, logged at a NIC on its side' }
    : { name: 'to it, outbound', about: 'sent to it, logged at the source’s NIC' }
}
