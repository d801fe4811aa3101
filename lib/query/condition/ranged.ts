import type { Range, Ranges } from '@/lib/query/filter/ranges'
import { type Sql, sql } from '@/lib/store/sql'
import { either } from './logic'

/** So many ranges are compared one after the other. */
const FEW = 3

/** What is compared, and all values that it may have. Engines hold it in 128 bits where it is `wide`, else in 64. */
export interface Held {
  value: Sql
  domain: Range
  wide: boolean
}

function bound({ wide }: Held, value: bigint): bigint | number {
  return wide ? value : Number(value)
}

function one(held: Held, { first, last }: Range): Sql {
  const { value, domain } = held
  if (first === last) return sql`${value} = ${bound(held, first)}`
  if (first <= domain.first) return sql`${value} <= ${bound(held, last)}`
  if (last >= domain.last) return sql`${value} >= ${bound(held, first)}`
  return sql`${value} between ${bound(held, first)} and ${bound(held, last)}`
}

/** Leads a row to its own range by halves. */
function halved(held: Held, ranges: Ranges): Sql {
  if (ranges.length <= FEW) return either(ranges.map((range) => one(held, range)))
  const middle = ranges.length >> 1
  const first = bound(held, ranges[middle]!.first)
  return sql`case when ${held.value} < ${first} then ${halved(held, ranges.slice(0, middle))} else ${halved(held, ranges.slice(middle))} end`
}

/** Whether the value lies in any of these ranges. Engines pass over what lies outside of the first and the last without reading it. */
export function ranged(held: Held, ranges: Ranges): Sql {
  const { first, last } = { first: ranges[0]!.first, last: ranges.at(-1)!.last }
  const endless = first <= held.domain.first && last >= held.domain.last
  return ranges.length <= FEW || endless ? halved(held, ranges) : sql`(${one(held, { first, last })} and ${halved(held, ranges)})`
}
