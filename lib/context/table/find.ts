import { IPV4_BASE, isIPv4 } from '@/lib/flow/address/address'
import type { Label, RangeTable } from './range-table'

/** A label that covers an address, and how many addresses its range has. */
export interface Cover {
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

/** What covers an address, narrowest first, equal ones in the order of their texts. */
export function find(table: RangeTable, address: bigint): Cover[] {
  const found4 = isIPv4(address) ? stackOf4(table, Number(address - IPV4_BASE)) : -1
  // A range that reaches over the border of IPv4 is kept with the wide ones.
  const stack = found4 >= 0 || table.ipv6.stack.length === 0 ? found4 : stackOf6(table, address)
  if (stack < 0) return []
  const covers: Cover[] = []
  for (let i = table.stackStarts[stack]!; i < table.stackStarts[stack + 1]!; i++)
    covers.push({ label: table.labels[table.stackLabels[i]!]!, size: table.stackSizes[i]! })
  return covers
}
