import type { Known } from '@/lib/context/known'
import { all, either } from '@/lib/query/condition/logic'
import { Pending, type Sql, sql } from '@/lib/store/sql'
import { addressesAt } from './addresses'
import { amongAddresses, amongPairs } from './among'
import { isByAddressToo, placedAddresses, placesOf } from './places'
import type { KnownTest, KnownTests } from './tests'
import { whenHeld } from './when'

/**
 * Returns the condition over `tuples`, never null, for rows whose end matches in context. First, the distinct addresses of the range are looked up. An address
 * that arrives later counts as if its rows had arrived after the answer, also in a negated test.
 */
export function inContext(tests: KnownTests, known: Known, range: Sql): Sql {
  const { each, unknown, at } = whenHeld(tests, known)
  const isElsewhere = unknown.length > 0
  if (!each.some(({ name }) => known.tells(name))) return isElsewhere ? all([]) : either([])
  const [{ end, name }] = each as [KnownTest]
  const pending = new Pending(async (query, kept) => {
    if (!known.dependsOnPlace(name)) return amongAddresses(end, await addressesAt(end, range).ask(query, kept), (address) => at(address, 0))
    const places = await placesOf(known, query, kept)
    const pairs = await placedAddresses(known, name, end, range, places, query, kept)
    const matched = pairs.filter(({ address, place }) => at(address, place).length > 0 !== isElsewhere)
    const isFixed = (place: number) => !isByAddressToo(known, name) && known.whose!.isFixed(place)
    const condition = amongPairs(end, places, matched, isFixed)
    return isElsewhere ? sql`not ${condition}` : condition
  })
  return sql`${pending}`
}
