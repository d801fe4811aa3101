import type { Known } from '@/lib/context/known'
import type { ContextName } from '@/lib/flow/field/context'
import { all, either } from '@/lib/query/condition/logic'
import { Pending, type Sql, sql } from '@/lib/store/sql'
import { addressesAt } from './addresses'
import { amongAddresses, amongPairs, amongTimed } from './among'
import type { End } from './end'
import { inSlices } from './in-slices'
import { isByAddressToo, type PlacedAddress, placedAddresses, placesOf } from './places'
import type { KnownTest, KnownTests } from './tests'
import { endOf, heldBy } from './when'

/**
 * Returns the condition over `tuples`, never null, for rows whose end matches in context. First, the distinct addresses of the range are looked up. An address
 * that arrives later counts as if its rows had arrived after the answer, also in a negated test.
 */
export function inContext(tests: KnownTests, end: End, known: Known, range: Sql): Sql {
  return sql`${tests.op === 'known' && known.isTimed(tests.name) ? timed(tests, known, range) : untimed(tests, end, known, range)}`
}

function timed(test: KnownTest, known: Known, range: Sql): Pending {
  return new Pending(async (query, kept, signal) => {
    const until = endOf(test, known)
    const ends: [bigint, number][] = []
    const addresses = await addressesAt(test.end, range).ask(query, kept)
    await inSlices(addresses, (address) => ends.push([address, until(address)]), signal)
    return amongTimed(test.end, ends, test.not)
  })
}

function untimed(tests: KnownTests, end: End, known: Known, range: Sql): Pending | Sql {
  const { names, unknown, at } = heldBy(tests, known)
  if (![...names].some((name) => known.tells(name))) return unknown ? all([]) : either([])
  const [name] = [...names] as [ContextName]
  return new Pending(async (query, kept, signal) => {
    if (!known.dependsOnPlace(name)) {
      const matched: bigint[] = []
      const addresses = await addressesAt(end, range).ask(query, kept)
      await inSlices(addresses, (address) => at(address, 0) && matched.push(address), signal)
      return amongAddresses(end, matched)
    }
    const places = await placesOf(known, query, kept)
    const matched: PlacedAddress[] = []
    const pairs = await placedAddresses(known, name, end, range, places, query, kept)
    await inSlices(pairs, (pair) => at(pair.address, pair.place) !== unknown && matched.push(pair), signal)
    const isFixed = (place: number) => !isByAddressToo(known, name) && known.whose!.isFixed(place)
    const condition = amongPairs(end, places, matched, isFixed)
    return unknown ? sql`not ${condition}` : condition
  })
}
