import type { RangeTable } from './range-table'

/** Returns the number of ranges of a table that have several labels. */
export function contradictions({ ipv4, ipv6, stackStarts }: RangeTable): number {
  const isTwofold = (stack: number) => stackStarts[stack + 1]! - stackStarts[stack]! > 1
  return ipv4.stack.filter(isTwofold).length + ipv6.stack.filter(isTwofold).length
}
