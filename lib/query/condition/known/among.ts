import { Problem } from '@/lib/flow/problem'
import { IN, OUT } from '@/lib/flow/tuple/tuple'
import { all, either } from '@/lib/query/condition/logic'
import { BoundRows, join, SharedRows, type Sql, sql } from '@/lib/store/sql'
import { ADDRESS, type End, OWN } from './end'
import type { PlacedAddress, Places } from './places'

/** Maximum number of different instants in one look-up. */
const MOST_INSTANTS = 1000

/** The number of instants, in order, that a row is not before, found by binary search. */
function passed(instants: readonly number[], from = 0): Sql {
  if (instants.length === 0) return sql`${from}`
  const middle = instants.length >> 1
  const [before, behind] = [passed(instants.slice(0, middle), from), passed(instants.slice(middle + 1), from + middle + 1)]
  return sql`case when time < ${instants[middle]!} then ${before} else ${behind} end`
}

/** The rank of an end's address, from 0 for one that has none, by lists of the addresses whose rank has a certain bit: engines join with each list. */
function rankOf(end: End, ranks: readonly [address: bigint, rank: number][]): Sql {
  const bits: Sql[] = []
  const highest = ranks.reduce((most, [, rank]) => Math.max(most, rank), 0)
  for (let bit = 1; bit <= highest; bit *= 2) {
    const some = ranks.flatMap(([address, rank]) => ((rank & bit) !== 0 ? [address] : []))
    if (some.length > 0) bits.push(sql`case when ${ADDRESS[end]} in ${some} then ${bit} else 0 end`)
  }
  return bits.length === 0 ? sql`0` : sql`(${join(bits, ' + ')})`
}

/**
 * Returns the condition for rows whose end is one of these addresses, before the instant of each; with `not`, from then on.
 * @throws Problem `limit` for too many different instants
 */
export function amongTimed(end: End, ends: readonly [address: bigint, until: number][], not: boolean): Sql {
  const never = not ? Number.POSITIVE_INFINITY : 0
  const some = ends.filter(([, until]) => until !== never)
  const instants = [...new Set(some.map(([, until]) => until))]
    .filter((at) => at > 0 && at < Number.POSITIVE_INFINITY)
    .sort((a, b) => a - b)
  if (instants.length > MOST_INSTANTS)
    throw new Problem(
      'limit',
      `Filter: lists that end at more than ${MOST_INSTANTS} different instants match; expected a narrower filter`,
      {
        key: 'q',
      },
    )
  const among = amongAddresses(
    end,
    some.map(([address]) => address),
  )
  if (instants.length === 0) return among
  const places = new Map(instants.map((at, i) => [at, i + 1]))
  const ranks = some.map(([address, until]): [bigint, number] => [address, until === 0 ? 0 : (places.get(until) ?? instants.length + 1)])
  const rank = rankOf(end, ranks)
  return not ? all([among, sql`${passed(instants)} >= ${rank}`]) : sql`${passed(instants)} < ${rank}`
}

/** Returns the condition for rows whose end is one of these addresses. */
export function amongAddresses(end: End, addresses: readonly bigint[]): Sql {
  return addresses.length === 0 ? either([]) : sql`${ADDRESS[end]} in ${addresses}`
}

/** Maximum number of rows of direction, group and address in one condition; more are compared list by list, which takes less memory. */
const MOST_TRIPLES = 100_000

/** Returns the condition for rows with these pairs of address and place. A place for which `isFixed` is true needs no addresses, only its groups. */
export function amongPairs(
  end: End,
  { ids, own, other }: Places,
  matched: readonly PlacedAddress[],
  isFixed: (place: number) => boolean,
): Sql {
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
  const triples = some.reduce((sum, { groups, addresses }) => sum + groups.length * addresses.length, 0)
  if (some.length > 1 && triples <= MOST_TRIPLES) conditions.push(sql`(dir, grp, ${ADDRESS[end]}) in ${combined(some)}`)
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

/**
 * Combines many lists into one subselect of direction, group and address, because an engine joins with each list, and a query of deduplicated rows contains its
 * filter four times.
 */
function combined(some: readonly Matched[]): SharedRows {
  const groups = some.flatMap(({ groups }, told) => groups.map((grp) => ({ told, grp })))
  const addresses = some.flatMap(({ dir, addresses }, told) => addresses.map((address) => ({ told, dir, address })))
  const [left, right] = [
    new BoundRows({ told: groups.map(({ told }) => told), told_group: groups.map(({ grp }) => grp) }),
    new BoundRows({
      told_of: addresses.map(({ told }) => told),
      told_dir: addresses.map(({ dir }) => dir),
      told_address: addresses.map(({ address }) => address),
    }),
  ]
  return new SharedRows(
    sql`select told_dir, told_group, told_address from ${left} as told_groups join ${right} as told_addresses on told = told_of`,
  )
}
