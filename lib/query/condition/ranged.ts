import type { IntegerRange, IntegerRanges } from '@/lib/query/filter/ranges'
import { type Sql, sql } from '@/lib/store/sql'
import { either } from './logic'

/** Maximum number of ranges that are compared one by one. */
const FEW = 3

/** The value to compare, and its domain. `wide`: engines store it in 128 bits, otherwise in 64. */
export interface Held {
  value: Sql
  domain: IntegerRange
  wide: boolean
}

function bound({ wide }: Held, value: bigint): bigint | number {
  return wide ? value : Number(value)
}

function one(held: Held, { first, last }: IntegerRange): Sql {
  const { value, domain } = held
  if (first === last) return sql`${value} = ${bound(held, first)}`
  if (first <= domain.first) return sql`${value} <= ${bound(held, last)}`
  if (last >= domain.last) return sql`${value} >= ${bound(held, first)}`
  return sql`${value} between ${bound(held, first)} and ${bound(held, last)}`
}

/** Finds the range of a row by binary search. */
function halved(held: Held, ranges: IntegerRanges): Sql {
  if (ranges.length <= FEW) return either(ranges.map((range) => one(held, range)))
  const middle = ranges.length >> 1
  const first = bound(held, ranges[middle]!.first)
  return sql`case when ${held.value} < ${first} then ${halved(held, ranges.slice(0, middle))} else ${halved(held, ranges.slice(middle))} end`
}

/** Returns the condition that the value is in any of these ranges. The outer bounds let engines skip data outside without reading it. */
export function ranged(held: Held, ranges: IntegerRanges): Sql {
  const { first, last } = { first: ranges[0]!.first, last: ranges.at(-1)!.last }
  const endless = first <= held.domain.first && last >= held.domain.last
  return ranges.length <= FEW || endless ? halved(held, ranges) : sql`(${one(held, { first, last })} and ${halved(held, ranges)})`
}
