import { BYTES, PACKETS } from '@/lib/query/columns/columns'
import { type Column, DOMAINS } from '@/lib/query/filter/formula'
import { complement, type Ranges } from '@/lib/query/filter/ranges'
import { Sql, sql } from '@/lib/store/sql'
import type { Cost } from './cost'
import { listed, listedAddresses, type Written } from './listed'
import { type Held, ranged } from './ranged'

/** Of up to so many ranges a row is led to its own by halves. */
const MOST = 200
/** More ranges of addresses than this are faster looked up in lists, as long as there are not too many of those. */
const QUICK = 24

function readOf(column: Column): Sql {
  if (column === 'bytes') return BYTES
  return column === 'packets' ? PACKETS : Sql.of([column], [])
}

/** How many values lie in them. */
function sizeOf(ranges: Ranges): bigint {
  return ranges.reduce((sum, { first, last }) => sum + last - first + 1n, 0n)
}

/** A condition in both ways, of which one may not do. */
interface Ways {
  /** Of a long list and what is not in it, the one with fewer values has no range without an end, and is what is written. */
  outside: boolean
  halved: Written | null
  listed: Written | null
}

function inLists(column: Column, held: Held, ranges: Ranges, range: Sql | null, cost: Cost): Written | null {
  if (column === 'src' || column === 'dst') return ranges.length > QUICK ? listedAddresses(column, ranges, range, cost) : null
  return ranges.length > MOST ? listed(held, ranges) : null
}

/** What lies outside of ranges, made once. */
const known = new WeakMap<Ranges, Ranges>()

function othersOf(ranges: Ranges, column: Column): Ranges {
  const others = known.get(ranges) ?? complement(ranges, DOMAINS[column])
  known.set(ranges, others)
  return others
}

function waysOf(column: Column, ranges: Ranges, range: Sql | null, cost: Cost): Ways {
  const held = { value: readOf(column), domain: DOMAINS[column], wide: column === 'src' || column === 'dst' }
  const others = ranges.length > QUICK ? othersOf(ranges, column) : ranges
  const outside = sizeOf(others) < sizeOf(ranges)
  const some = outside ? others : ranges
  return {
    outside,
    halved: some.length > MOST ? null : { condition: ranged(held, some), comparisons: some.length, lists: 0 },
    listed: inLists(column, held, some, range, cost),
  }
}

/** Rows whose value of a column lies in these ranges, as a condition that is never null. With a `range`, as for `matching`, its addresses may be told first. @throws Problem `ask` where that costs too much */
export function inRanges(column: Column, ranges: Ranges, cost: Cost, range: Sql | null = null): Sql {
  const { outside, halved, listed } = waysOf(column, ranges, range, cost)
  const way = listed && (halved === null || cost.affords(listed)) ? listed : halved
  if (way === null) throw cost.tooMany('ranges that are no prefixes')
  cost.add(way)
  return outside ? sql`not ${way.condition}` : way.condition
}
