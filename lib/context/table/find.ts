import { IPV4_BASE, isIPv4 } from '@/lib/flow/address/address'
import type { Label, RangeTable } from './range-table'

/** A label that covers an address, and the number of addresses in its range. */
export interface RangeCover {
  label: Label
  size: number
}

function stackOf4({ ipv4: { first, last, stack } }: RangeTable, address: number): number {
  let [low, high] = [0, first.length - 1]
  while (low <= high) {
    const middle = (low + high) >> 1
    if (first[middle]! > address) high = middle - 1
    else if (last[middle]! < address) low = middle + 1
    else return stack[middle]!
  }
  return -1
}

function stackOf6({ ipv6: { first, last, stack } }: RangeTable, address: bigint): number {
  const [upper, lower] = [address >> 64n, address & 0xffff_ffff_ffff_ffffn]
  const before = (bounds: BigUint64Array, i: number) => {
    const own = bounds[i * 2]!
    return own < upper || (own === upper && bounds[i * 2 + 1]! < lower)
  }
  const after = (bounds: BigUint64Array, i: number) => {
    const own = bounds[i * 2]!
    return own > upper || (own === upper && bounds[i * 2 + 1]! > lower)
  }
  let [low, high] = [0, stack.length - 1]
  while (low <= high) {
    const middle = (low + high) >> 1
    if (after(first, middle)) high = middle - 1
    else if (before(last, middle)) low = middle + 1
    else return stack[middle]!
  }
  return -1
}

/** Returns the number of the stack of labels that covers an address, or -1. */
export function stackAt(table: RangeTable, address: bigint): number {
  const found4 = isIPv4(address) ? stackOf4(table, Number(address - IPV4_BASE)) : -1
  // A range across the border of IPv4 is stored with the IPv6 ranges.
  return found4 >= 0 || table.ipv6.stack.length === 0 ? found4 : stackOf6(table, address)
}

/** Returns the labels of a stack, narrowest first, equal ones in the order of their texts; none for -1. */
export function coversOf(table: RangeTable, stack: number): RangeCover[] {
  if (stack < 0) return []
  const covers: RangeCover[] = []
  for (let i = table.stackStarts[stack]!; i < table.stackStarts[stack + 1]!; i++)
    covers.push({ label: table.labels[table.stackLabels[i]!]!, size: table.stackSizes[i]! })
  return covers
}

/** Returns the labels that cover an address, in the same order. */
export function find(table: RangeTable, address: bigint): RangeCover[] {
  return coversOf(table, stackAt(table, address))
}
