import { Problem } from '@/lib/flow/problem'
import { IN, OUT } from '@/lib/flow/tuple/tuple'
import { all, either } from '@/lib/query/condition/logic'
import { BoundRows, type Sql, sql } from '@/lib/store/sql'
import { ADDRESS, type End, OWN } from './end'
import type { PlacedAddress, Places } from './places'
import type { Period } from './when'

function readBound(value: number): number {
  return Math.min(value, Number.MAX_SAFE_INTEGER)
}

function within({ since, until }: Period): Sql {
  const bounds = since > 0 ? [sql`time >= ${readBound(since)}`] : []
  return all(until < Number.POSITIVE_INFINITY ? [...bounds, sql`time < ${readBound(until)}`] : bounds)
}

/** Maximum number of ways in which the addresses of one look-up may hold over time. */
const MOST_PERIODS = 200

/** Returns the condition for rows whose end is one of these addresses, within the periods of each. */
export function amongAddresses(end: End, addresses: readonly bigint[], periods: (address: bigint) => readonly Period[]): Sql {
  const together = new Map<string, { periods: readonly Period[]; addresses: bigint[] }>()
  for (const address of addresses) {
    const own = periods(address)
    if (own.length === 0) continue
    const key = own.map(({ since, until }) => `${since} ${until}`).join()
    const same = together.get(key)
    if (same) same.addresses.push(address)
    else together.set(key, { periods: own, addresses: [address] })
  }
  if (together.size > MOST_PERIODS)
    throw new Problem('limit', `Filter: lists that end at more than ${MOST_PERIODS} different instants match; expected a narrower filter`, {
      key: 'q',
    })
  const conditions = [...together.values()].map(({ periods, addresses }) => {
    const isAlways = periods.length === 1 && periods[0]!.since === 0 && periods[0]!.until === Number.POSITIVE_INFINITY
    const among = sql`${ADDRESS[end]} in ${addresses}`
    return isAlways ? among : all([among, either(periods.map(within))])
  })
  return either(conditions)
}

/** Maximum number of rows of direction, group and address in one condition, and in place of each list: they take ClickHouse longer to plan than a few lists. */
const MOST_TRIPLES = 100_000
const TRIPLES_A_LIST = 500

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
  const combined = some.reduce((sum, { groups, addresses }) => sum + groups.length * addresses.length, 0)
  if (some.length > 1 && combined <= Math.min(MOST_TRIPLES, TRIPLES_A_LIST * some.length))
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
