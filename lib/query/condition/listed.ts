import { IPV4_BASE, IPV4_LAST } from '@/lib/flow/address/address'
import { coverOf } from '@/lib/query/filter/blocks'
import { DOMAINS } from '@/lib/query/filter/formula'
import { complement, type IntegerRanges, intersection } from '@/lib/query/filter/ranges'
import { SharedRows, Sql, type SqlList, sql } from '@/lib/store/sql'
import type { Cost } from './cost'
import { all, either } from './logic'
import { type Held, ranged } from './ranged'

/** A condition, and its cost for each row. */
export interface Written {
  condition: Sql
  comparisons: number
  lists: number
}

/** Maximum number of look-ups of a value, each in a list of blocks of one size. There are fewer IPv6 rows, and IPv6 prefixes are more diverse in size. */
const SIZES = { ipv4: 4, ipv6: 6 }
/** Maximum number of ranges of one family that are compared instead of looked up. */
const FEW = 24

const IPV4 = { first: IPV4_BASE, last: IPV4_LAST }
const IPV6 = complement([IPV4], DOMAINS.src)

/** Remembers values made from ranges, so that all statements about the same ranges bind the same lists. */
class Known<T> {
  private readonly made = new WeakMap<IntegerRanges, { value: T }>()

  of(ranges: IntegerRanges, make: () => T): T {
    const found = this.made.get(ranges) ?? { value: make() }
    this.made.set(ranges, found)
    return found.value
  }
}

interface Lists {
  lists: { bits: number; list: SqlList }[]
  ranges: IntegerRanges
}

const lists = new Known<Lists | null>()

function listsOf(ranges: IntegerRanges, sizes: number, wide: boolean): Lists | null {
  return lists.of(ranges, () => {
    const cover = coverOf(ranges, sizes)
    return cover && { lists: cover.blocks.map(({ bits, keys }) => ({ bits, list: wide ? keys : keys.map(Number) })), ranges: cover.ranges }
  })
}

/** Returns the condition that a value is in lists of blocks; null if there would be too many. */
export function listed(held: Held, ranges: IntegerRanges, sizes: number = SIZES.ipv4): Written | null {
  const cover = listsOf(ranges, sizes, held.wide)
  if (cover === null) return null
  const found = cover.lists.map(({ bits, list }) =>
    bits === 0 ? sql`${held.value} in ${list}` : sql`">>"(${held.value}, ${Sql.of([String(bits)], [])}) in ${list}`,
  )
  const condition = either([...(cover.ranges.length > 0 ? [ranged(held, cover.ranges)] : []), ...found])
  return { condition, comparisons: cover.ranges.length, lists: found.length }
}

const families = new Known<Record<'ipv4' | 'ipv6', IntegerRanges>>()

function byFamily(ranges: IntegerRanges): Record<'ipv4' | 'ipv6', IntegerRanges> {
  return families.of(ranges, () => ({
    ipv4: intersection([ranges, [IPV4]]).map(({ first, last }) => ({ first: first - IPV4_BASE, last: last - IPV4_BASE })),
    ipv6: intersection([ranges, IPV6]),
  }))
}

/** An end of a tuple for one family: a column that is null for the other family, and the ranges of this family. */
interface Family {
  column: Sql
  held: Held
  ranges: IntegerRanges
  sizes: number
  /** True if the cost of several look-ups for each row is affordable. */
  affords: (direct: Written) => boolean
}

/**
 * Returns the condition that a value of this family is in these ranges. If several look-ups for each row are not affordable, each distinct address is looked up
 * once.
 */
function ofFamily({ column, held, ranges, sizes, affords }: Family, range: Sql | null): Written | null {
  if (ranges.length === 0) return { condition: either([]), comparisons: 0, lists: 0 }
  if (ranges.length <= FEW) return { condition: ranged({ ...held, value: column }, ranges), comparisons: ranges.length, lists: 0 }
  const direct = listed({ ...held, value: column }, ranges, sizes)
  if (direct === null) return null
  if (range === null || direct.lists + direct.comparisons === 1 || affords(direct)) return direct
  const met = sql`(select distinct ${column} as address from tuples where ${range} and ${column} is not null) as met`
  const { condition } = listed({ ...held, value: sql`address` }, ranges, sizes)!
  const found = new SharedRows(sql`select address from ${met} where ${condition}`)
  return { condition: sql`${column} in ${found}`, comparisons: 0, lists: 2 }
}

/**
 * The same for an end of a tuple, each family separately: engines look up a 32-bit IPv4 address in a third of the time of a 128-bit one. An address has one
 * family, so no row is looked up in the lists of both. Finding the distinct addresses first costs as much as three to four look-ups of each row, so it is
 * worthwhile only for IPv6, which has few rows. `range` as for `matching`.
 */
export function listedAddresses(end: 'src' | 'dst', ranges: IntegerRanges, range: Sql | null, cost: Cost): Written | null {
  const column = (family: 'ipv4' | 'ipv6') => Sql.of([`${end}_${family}`], [])
  const own = byFamily(ranges)
  const ipv4: Family = {
    column: column('ipv4'),
    held: { value: column('ipv4'), domain: { first: 0n, last: IPV4_LAST - IPV4_BASE }, wide: false },
    ranges: own.ipv4,
    sizes: SIZES.ipv4,
    affords: (direct) => cost.affords(direct),
  }
  const ipv6: Family = {
    column: column('ipv6'),
    held: { value: column('ipv6'), domain: DOMAINS[end], wide: true },
    ranges: own.ipv6,
    sizes: SIZES.ipv6,
    affords: () => false,
  }
  const [first, second] = [ofFamily(ipv4, range), ofFamily(ipv6, range)]
  if (!first || !second) return null
  return {
    condition: ofEither({ isIPv4: sql`${ipv4.column} is not null`, first, isIPv6: sql`${ipv6.column} is not null`, second }),
    comparisons: first.comparisons + second.comparisons,
    lists: Math.max(first.lists, second.lists),
  }
}

/**
 * Joins the conditions of both families, which are null for a value of the other one. Ranges of few values are written apart, so that engines skip data outside
 * them; look-ups are made for every row, and then a test of both columns only costs time.
 */
function ofEither({ isIPv4, first, isIPv6, second }: { isIPv4: Sql; first: Written; isIPv6: Sql; second: Written }): Sql {
  if (first.lists > 0 && second.lists > 0) return sql`case when ${isIPv4} then ${first.condition} else ${second.condition} end`
  return either([all([isIPv4, first.condition]), all([isIPv6, second.condition])])
}
