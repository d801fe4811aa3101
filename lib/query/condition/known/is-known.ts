import type { Known, Wanted } from '@/lib/context/known'
import type { ContextName } from '@/lib/flow/field/context'
import { Problem } from '@/lib/flow/problem'
import { IN, OUT } from '@/lib/flow/tuple/tuple'
import { all, either } from '@/lib/query/condition/logic'
import { BoundRows, Pending, type Sql, sql } from '@/lib/store/sql'
import { addressesAt } from './addresses'
import { ADDRESS, type End, OWN } from './end'
import { isByAddressToo, type PlacedAddress, type Places, placedAddresses, placesOf } from './places'

function readBound(value: number): number {
  return Math.min(value, Number.MAX_SAFE_INTEGER)
}

/** Groups addresses by the instant until which they match. */
function byInstant(addresses: readonly bigint[], until: (address: bigint) => number): Map<number, bigint[]> {
  const found = new Map<number, bigint[]>()
  for (const address of addresses) {
    const end = until(address)
    const same = found.get(end)
    if (same) same.push(address)
    else found.set(end, [address])
  }
  return found
}

/** Maximum number of distinct instants of expiry in one term. */
const MOST_INSTANTS = 200

/** Returns the condition for rows whose end is one of these addresses, before the instant of each. */
function amongAddresses(end: End, addresses: readonly bigint[], until: (address: bigint) => number, not: boolean): Sql {
  const instants = byInstant(addresses, until)
  if (instants.size > MOST_INSTANTS)
    throw new Problem(
      'limit',
      `Filter: lists that end at more than ${MOST_INSTANTS} different instants match; expected a narrower filter`,
      { key: 'q' },
    )
  const conditions = [...instants].map(([instant, some]): Sql | null => {
    const isAlways = instant === Number.POSITIVE_INFINITY
    const isNever = instant === 0
    if (isAlways || isNever) return isAlways === not ? null : sql`${ADDRESS[end]} in ${some}`
    return not
      ? sql`(${ADDRESS[end]} in ${some} and time >= ${readBound(instant)})`
      : sql`(${ADDRESS[end]} in ${some} and time < ${readBound(instant)})`
  })
  return either(conditions.filter((one) => one !== null))
}

/** Maximum number of rows of direction, group and address in one condition. */
const MOST_TRIPLES = 100_000

/** Returns the condition for rows with these pairs of address and place. A place for which `isFixed` is true needs no addresses, only its groups. */
function amongPairs(end: End, { ids, own, other }: Places, matched: readonly PlacedAddress[], isFixed: (place: number) => boolean): Sql {
  const byPlace = new Map<number, bigint[]>()
  for (const { address, place } of matched) {
    const same = byPlace.get(place)
    if (same) same.push(address)
    else byPlace.set(place, [address])
  }
  const groupsOf = (side: readonly number[], holds: (place: number) => boolean) => ids.filter((_, i) => holds(side[i]!))
  const fixed = groupsOf(own, (place) => byPlace.has(place) && isFixed(place))
  const conditions = fixed.length === 0 ? [] : [sql`(dir = ${OWN[end]} and grp in ${fixed})`]
  const same = new Map<string, { addresses: bigint[]; places: Set<number> }>()
  for (const [place, addresses] of byPlace) {
    if (isFixed(place)) continue
    const key = [...addresses].sort().join()
    const found = same.get(key)
    if (found) found.places.add(place)
    else same.set(key, { addresses, places: new Set([place]) })
  }
  const told = [...same.values()].flatMap(({ addresses, places }) =>
    ([OWN[end], OWN[end] === IN ? OUT : IN] as const).map((dir) => ({
      dir,
      groups: groupsOf(dir === OWN[end] ? own : other, (place) => places.has(place)),
      addresses,
    })),
  )
  const some = told.filter(({ groups }) => groups.length > 0)
  if (some.length > 1 && some.reduce((sum, { groups, addresses }) => sum + groups.length * addresses.length, 0) <= MOST_TRIPLES)
    conditions.push(sql`(dir, grp, ${ADDRESS[end]}) in ${triples(some)}`)
  else
    for (const { dir, groups, addresses } of some)
      conditions.push(all([sql`dir = ${dir}`, sql`grp in ${groups}`, sql`${ADDRESS[end]} in ${addresses}`]))
  return either(conditions)
}

interface Matched {
  dir: number
  groups: readonly number[]
  addresses: readonly bigint[]
}

/** Combines many lists into one, because an engine joins with each list, and a query of deduplicated rows contains its filter four times. */
function triples(some: readonly Matched[]): BoundRows {
  const rows = some.flatMap(({ dir, groups, addresses }) => groups.flatMap((grp) => addresses.map((address) => ({ dir, grp, address }))))
  return new BoundRows({ dir: rows.map(({ dir }) => dir), grp: rows.map(({ grp }) => grp), address: rows.map(({ address }) => address) })
}

interface KnownTest {
  end: End
  name: ContextName
  wanted: Wanted
  not: boolean
}

/**
 * Returns the condition over `tuples`, never null, for rows whose end matches in context. First, the distinct addresses of the range are looked up. An address
 * that arrives later counts as if its rows had arrived after the answer, also in a negated test.
 */
export function isKnown({ end, name, wanted, not }: KnownTest, known: Known, range: Sql): Sql {
  if (!known.tells(name)) return not ? all([]) : either([])
  const pending = new Pending(async (query, kept) => {
    const byAddress = async () => {
      const addresses = await addressesAt(end, range).ask(query, kept)
      return amongAddresses(end, addresses, (address) => known.holdsUntil(name, wanted, address, 0), not)
    }
    if (!known.dependsOnPlace(name)) return byAddress()
    const places = await placesOf(known, query, kept)
    const pairs = await placedAddresses(known, name, end, range, places, query, kept)
    const matched = pairs.filter(({ address, place }) => known.holdsUntil(name, wanted, address, place) > 0)
    const isFixed = (place: number) => !isByAddressToo(known, name) && known.whose!.isFixed(place)
    const condition = amongPairs(end, places, matched, isFixed)
    return not ? sql`not ${condition}` : condition
  })
  return sql`${pending}`
}
