import type { Known, KnownValue, Wanted } from '@/lib/context/known'
import { IPV4_BASE } from '@/lib/flow/address/address'
import { type ContextName, NONE } from '@/lib/flow/context'
import { Problem } from '@/lib/flow/problem'
import { IN, OUT } from '@/lib/flow/tuple'
import { rangesOf } from '@/lib/query/filter/ranges'
import { BoundRows, type Kept, Pending, Sql, sql } from '@/lib/store/sql'
import { Cost } from './cost'
import { keyOf } from './key-of'
import { all, either } from './logic'
import { inRanges } from './within'

type End = 'src' | 'dst'
type Query = <Row>(question: Sql) => Promise<Row[]>

/** Maximum number of distinct addresses that one query may look up. */
const MOST = 1_000_000

/** The direction in which an end is the NIC's own. */
const OWN: Readonly<Record<End, number>> = { src: OUT, dst: IN }

const SINGLE: Readonly<Record<End, Sql>> = { src: sql`src`, dst: sql`dst` }

function refuse({ length }: { length: number }): void {
  if (length > MOST)
    throw new Problem(
      'limit',
      `The range has more than ${MOST} different addresses to look up in the context files; expected a narrower range`,
      {
        key: 'from',
      },
    )
}

const IPV4: Readonly<Record<End, Sql>> = { src: sql`src_ipv4`, dst: sql`dst_ipv4` }
const IPV6: Readonly<Record<End, Sql>> = { src: sql`src_ipv6`, dst: sql`dst_ipv6` }

/** Returns the query for the addresses at an end of a range's rows. IPv4 addresses are fetched as 32-bit numbers, which takes a fraction of the time. */
function addressesAt(end: End, range: Sql): { key: string; ask: (query: Query, kept: Kept) => Promise<bigint[]> } {
  const narrow = sql`select distinct ${IPV4[end]} as address from tuples where ${range} and ${IPV4[end]} is not null limit ${MOST + 1}`
  const wide = sql`select distinct ${SINGLE[end]} as address from tuples where ${range} and ${IPV6[end]} is not null limit ${MOST + 1}`
  const key = keyOf(narrow)
  return {
    key,
    ask: (query, kept) =>
      kept.get(`addresses ${key}`, async () => {
        const [ipv4, ipv6] = await Promise.all([query<{ address: number }>(narrow), query<{ address: bigint }>(wide)])
        refuse({ length: ipv4.length + ipv6.length })
        return [...ipv4.map(({ address }) => IPV4_BASE + BigInt(address)), ...ipv6.map(({ address }) => address)]
      }),
  }
}

/** Groups with the places where their tuples were logged: for the NIC's own end, and for the other end. */
interface Places {
  ids: number[]
  own: number[]
  other: number[]
}

async function placesOf(known: Known, query: Query, kept: Kept): Promise<Places> {
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
function placed({ ids, own, other }: Places): Sql {
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

interface PlacedAddress {
  address: bigint
  place: number
}

/** Returns the distinct pairs of address and place at an end of a range's rows about which the inventory may know something. */
async function pairsAt(known: Known, end: End, range: Sql, places: Places, query: Query, kept: Kept): Promise<PlacedAddress[]> {
  if (places.ids.length === 0) return []
  const question = sql`select distinct ${SINGLE[end]} as address, ${placeAt(end)} as place
    from tuples join ${placed(places)} on placed_group = grp where ${range} and ${mayBeKnown(known, end)} limit ${MOST + 1}`
  return kept.get(`pairs ${keyOf(question)}`, async () => {
    const rows = await query<PlacedAddress>(question)
    refuse(rows)
    return rows
  })
}

/** True if files of names also apply, which name an address at any place; `mayBeKnown` would leave such addresses out. */
function isByAddressToo(known: Known, name: ContextName): boolean {
  return name === 'name' && known.hasHosts
}

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
    if (isAlways || isNever) return isAlways === not ? null : sql`${SINGLE[end]} in ${some}`
    return not
      ? sql`(${SINGLE[end]} in ${some} and time >= ${readBound(instant)})`
      : sql`(${SINGLE[end]} in ${some} and time < ${readBound(instant)})`
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
    conditions.push(sql`(dir, grp, ${SINGLE[end]}) in ${triples(some)}`)
  else
    for (const { dir, groups, addresses } of some)
      conditions.push(all([sql`dir = ${dir}`, sql`grp in ${groups}`, sql`${SINGLE[end]} in ${addresses}`]))
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
    const pairs = isByAddressToo(known, name)
      ? await allPairs(end, range, places, query, kept)
      : await pairsAt(known, end, range, places, query, kept)
    const matched = pairs.filter(({ address, place }) => known.holdsUntil(name, wanted, address, place) > 0)
    const isFixed = (place: number) => !isByAddressToo(known, name) && known.whose!.isFixed(place)
    const condition = amongPairs(end, places, matched, isFixed)
    return not ? sql`not ${condition}` : condition
  })
  return sql`${pending}`
}

/** Returns every pair of address and place, for names that apply to any address. */
async function allPairs(end: End, range: Sql, places: Places, query: Query, kept: Kept): Promise<PlacedAddress[]> {
  if (places.ids.length === 0) return []
  const question = sql`select distinct ${SINGLE[end]} as address, ${placeAt(end)} as place
    from tuples join ${placed(places)} on placed_group = grp where ${range} limit ${MOST + 1}`
  return kept.get(`pairs ${keyOf(question)}`, async () => {
    const rows = await query<PlacedAddress>(question)
    refuse(rows)
    return rows
  })
}

/** The context of an end, joined to each tuple. */
export interface Beside {
  /** The join after `tuples`, and the condition on the joined rows. */
  join: Sql
  condition: Sql | null
  /** Text, never null. */
  value: Sql
}

/** Returns the text that rows are grouped under in each period: the narrowest value that is valid then. */
function steps(told: readonly KnownValue[]): { since: number; until: number; text: string }[] {
  const ends = [...new Set(told.flatMap(({ until }) => until ?? []))].sort((a, b) => a - b)
  const found: { since: number; until: number; text: string }[] = []
  let since = 0
  for (const until of [...ends, Number.MAX_SAFE_INTEGER]) {
    const text = told.find((one) => one.until === null || one.until >= until)?.text ?? NONE
    const before = found.at(-1)
    if (before?.text === text) before.until = until
    else found.push({ since, until, text })
    since = until
  }
  return found
}

/** Returns the values of addresses as rows to join. */
function toldRows(known: Known, name: ContextName, addresses: readonly bigint[]): BoundRows {
  const isTimed = known.isTimed(name)
  const rows = addresses.flatMap((one) => {
    const told = known.told(name, one, 0)
    return isTimed
      ? steps(told).map((step) => ({ address: one, ...step }))
      : [{ address: one, text: told[0]?.text ?? NONE, since: 0, until: 0 }]
  })
  // An empty list has no type.
  const some = rows.length > 0 ? rows : [{ address: 0n, text: NONE, since: 0, until: 0 }]
  const columns = { address: some.map((row) => row.address), words: some.map((row) => row.text) }
  if (!isTimed) return new BoundRows(columns)
  return new BoundRows({ ...columns, since_time: some.map((row) => row.since), until_time: some.map((row) => row.until) })
}

/**
 * Joins the context of an end; `number` distinguishes several joins. An address that arrives after the look-up counts as if its row had arrived after the
 * answer.
 */
export function beside(end: End, name: ContextName, known: Known, range: Sql, number: number): Beside {
  if (!known.tells(name)) return { join: sql``, condition: null, value: sql`${NONE}` }
  const column = (of: string) => Sql.of([`told${number}_${of}`], [])
  const [address, place, text, since, until] = [column('address'), column('place'), column('text'), column('since'), column('until')]
  const alias = Sql.of([` as told${number}`], [])
  if (known.dependsOnPlace(name)) {
    const pending = new Pending(async (query, kept) => {
      const places = await placesOf(known, query, kept)
      const pairs = isByAddressToo(known, name)
        ? await allPairs(end, range, places, query, kept)
        : await pairsAt(known, end, range, places, query, kept)
      const told = pairs.flatMap((pair) => {
        const [first] = known.told(name, pair.address, pair.place)
        return first ? [{ ...pair, text: first.text }] : []
      })
      // An empty list has no type.
      const rows = told.length > 0 ? told : [{ address: 0n, place: -1, text: NONE }]
      const group = Sql.of([`placed${number}`], [])
      const groups = places.ids.length > 0 ? places : { ids: [-1], own: [-1], other: [-1] }
      const columns = { address: rows.map((row) => row.address), place: rows.map((row) => row.place), words: rows.map((row) => row.text) }
      return sql`left join (select placed_group as ${group}_group, own_place as ${group}_own, other_place as ${group}_other
          from ${placed(groups)}) as ${group} on ${group}_group = grp
        left join (select address as ${address}, place as ${place}, words as ${text} from ${new BoundRows(columns)} as bound)${alias}
          on ${address} = ${SINGLE[end]} and ${place} = case when dir = ${OWN[end]} then ${group}_own else ${group}_other end`
    })
    return { join: sql`${pending}`, condition: null, value: sql`coalesce(${text}, ${NONE})` }
  }
  const isTimed = known.isTimed(name)
  const pending = new Pending(async (query, kept) => {
    const addresses = addressesAt(end, range)
    const rows = await kept.get(`told ${known.digest} ${name} ${addresses.key}`, async () =>
      toldRows(known, name, await addresses.ask(query, kept)),
    )
    const times = isTimed ? sql`, since_time as ${since}, until_time as ${until}` : sql``
    return sql`join (select address as ${address}, words as ${text}${times} from ${rows} as bound)${alias} on ${address} = ${SINGLE[end]}`
  })
  return { join: sql`${pending}`, condition: isTimed ? sql`(time >= ${since} and time < ${until})` : null, value: text }
}
