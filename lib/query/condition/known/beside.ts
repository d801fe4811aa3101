import type { Known } from '@/lib/context/known'
import type { KnownValue } from '@/lib/context/wanted'
import { type ContextName, NONE } from '@/lib/flow/field/context'
import { BoundRows, Pending, Sql, sql } from '@/lib/store/sql'
import { addressesAt } from './addresses'
import { ADDRESS, type End, OWN } from './end'
import { placed, placedAddresses, placesOf } from './places'

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
      const pairs = await placedAddresses(known, name, end, range, places, query, kept)
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
          on ${address} = ${ADDRESS[end]} and ${place} = case when dir = ${OWN[end]} then ${group}_own else ${group}_other end`
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
    return sql`join (select address as ${address}, words as ${text}${times} from ${rows} as bound)${alias} on ${address} = ${ADDRESS[end]}`
  })
  return { join: sql`${pending}`, condition: isTimed ? sql`(time >= ${since} and time < ${until})` : null, value: text }
}
