import { BYTES, PACKETS } from '@/lib/query/columns/columns'
import { DOMAINS, type RowColumn } from '@/lib/query/filter/formula'
import { complement, type IntegerRanges } from '@/lib/query/filter/ranges'
import { Sql, sql } from '@/lib/store/sql'
import type { Cost } from './cost'
import { listed, listedAddresses, type Written } from './listed'
import { type Held, ranged } from './ranged'

/** Maximum number of ranges that are searched by halves. */
const MOST = 200
/** Number of ranges above which look-ups in lists are faster, if there are not too many lists. */
const QUICK = 24

function readOf(column: RowColumn): Sql {
  if (column === 'bytes') return BYTES
  return column === 'packets' ? PACKETS : Sql.of([column], [])
}

/** Returns the number of values in the ranges. */
function sizeOf(ranges: IntegerRanges): bigint {
  return ranges.reduce((sum, { first, last }) => sum + last - first + 1n, 0n)
}

/** A condition in two forms; a form is null if it is not possible. */
interface Ways {
  /** True if the complement is written: it has fewer values, and so no unbounded range. */
  outside: boolean
  halved: Written | null
  listed: Written | null
}

function inLists(column: RowColumn, held: Held, ranges: IntegerRanges, range: Sql | null, cost: Cost): Written | null {
  if (column === 'src' || column === 'dst') return ranges.length > QUICK ? listedAddresses(column, ranges, range, cost) : null
  return ranges.length > QUICK ? listed(held, ranges) : null
}

/** Ranges to write: the given ones, or their complement if it has fewer values. */
interface Sides {
  outside: boolean
  some: IntegerRanges
}

/** Made once for each ranges; columns that share ranges have the same domain. */
const known = new WeakMap<IntegerRanges, Sides>()

function sidesOf(ranges: IntegerRanges, column: RowColumn): Sides {
  if (ranges.length <= QUICK) return { outside: false, some: ranges }
  const found = known.get(ranges)
  if (found) return found
  const outside = sizeOf(ranges) * 2n > sizeOf([DOMAINS[column]])
  const made = { outside, some: outside ? complement(ranges, DOMAINS[column]) : ranges }
  known.set(ranges, made)
  return made
}

function waysOf(column: RowColumn, ranges: IntegerRanges, range: Sql | null, cost: Cost): Ways {
  const held = { value: readOf(column), domain: DOMAINS[column], wide: column === 'src' || column === 'dst' }
  const { outside, some } = sidesOf(ranges, column)
  return {
    outside,
    halved: some.length > MOST ? null : { condition: ranged(held, some), comparisons: some.length, lists: 0 },
    listed: inLists(column, held, some, range, cost),
  }
}

/**
 * Returns the condition, never null, for rows whose value of a column is in these ranges. With a `range`, as for `matching`, its distinct addresses may be
 * looked up first.
 * @throws Problem `ask` if that costs too much
 */
export function inRanges(column: RowColumn, ranges: IntegerRanges, cost: Cost, range: Sql | null = null): Sql {
  const { outside, halved, listed } = waysOf(column, ranges, range, cost)
  const way = listed && (halved === null || cost.affords(listed)) ? listed : halved
  if (way === null) throw cost.tooMany('ranges that are no prefixes')
  cost.add(way)
  return outside ? sql`not ${way.condition}` : way.condition
}
