import type { Known } from '@/lib/context/known'
import type { ContextName } from '@/lib/flow/field/context'
import { Cost } from '@/lib/query/condition/cost'
import { keyOf } from '@/lib/query/condition/key-of'
import { inRanges } from '@/lib/query/condition/within'
import { rangesOf } from '@/lib/query/filter/ranges'
import type { Kept } from '@/lib/store/kept'
import { BoundRows, type Sql, sql } from '@/lib/store/sql'
import type { Query } from './addresses'
import { ADDRESS, type End, MOST, OWN, refuseMost } from './end'

/** Groups with the places where their tuples were logged: for the NIC's own end, and for the other end. */
export interface Places {
  ids: number[]
  own: number[]
  other: number[]
}

export async function placesOf(known: Known, query: Query, kept: Kept): Promise<Places> {
  const groups = await kept.get('macs', () => query<{ id: number; mac: string }>(sql`select id, mac from groups`))
  const places: Places = { ids: [], own: [], other: [] }
  for (const { id, mac } of groups) {
    places.ids.push(id)
    places.own.push(known.whose!.placeOf(mac, true))
    places.other.push(known.whose!.placeOf(mac, false))
  }
  return places
}

/** Returns the groups with their places as a table to join: `placed_group`, `own_place`, `other_place`. */
export function placed({ ids, own, other }: Places): Sql {
  return sql`(select placed_group, own_place, other_place from ${new BoundRows({ placed_group: ids, own_place: own, other_place: other })}) as placed`
}

function placeAt(end: End): Sql {
  return sql`case when dir = ${OWN[end]} then own_place else other_place end`
}

/** Returns the condition for rows about whose end the inventory may know something: an address in its ranges, or a NIC's own end. */
function mayBeKnown(known: Known, end: End): Sql {
  const ranges = rangesOf(known.whose!.ranges)
  return ranges.length === 0 ? sql`dir = ${OWN[end]}` : sql`(dir = ${OWN[end]} or ${inRanges(end, ranges, new Cost())})`
}

export interface PlacedAddress {
  address: bigint
  place: number
}

/** Returns the distinct pairs of address and place at an end of a range's rows about which the inventory may know something. */
async function pairsAt(known: Known, end: End, range: Sql, places: Places, query: Query, kept: Kept): Promise<PlacedAddress[]> {
  if (places.ids.length === 0) return []
  const question = sql`select distinct ${ADDRESS[end]} as address, ${placeAt(end)} as place
    from tuples join ${placed(places)} on placed_group = grp where ${range} and ${mayBeKnown(known, end)} limit ${MOST + 1}`
  return kept.get(`pairs ${keyOf(question)}`, async () => {
    const rows = await query<PlacedAddress>(question)
    refuseMost(rows)
    return rows
  })
}

/** True if files of names also apply, which name an address at any place; `mayBeKnown` would leave such addresses out. */
export function isByAddressToo(known: Known, name: ContextName): boolean {
  return name === 'name' && known.hasHosts
}

/** Returns every pair of address and place, for names that apply to any address. */
async function allPairs(end: End, range: Sql, places: Places, query: Query, kept: Kept): Promise<PlacedAddress[]> {
  if (places.ids.length === 0) return []
  const question = sql`select distinct ${ADDRESS[end]} as address, ${placeAt(end)} as place
    from tuples join ${placed(places)} on placed_group = grp where ${range} limit ${MOST + 1}`
  return kept.get(`pairs ${keyOf(question)}`, async () => {
    const rows = await query<PlacedAddress>(question)
    refuseMost(rows)
    return rows
  })
}

/** Returns the distinct pairs of address and place at an end of a range's rows that a fact of this name may concern. */
export function placedAddresses(
  known: Known,
  name: ContextName,
  end: End,
  range: Sql,
  places: Places,
  query: Query,
  kept: Kept,
): Promise<PlacedAddress[]> {
  return isByAddressToo(known, name) ? allPairs(end, range, places, query, kept) : pairsAt(known, end, range, places, query, kept)
}
