import { addressesBeginning, type NumberRange, numbersBeginning } from '@/lib/flow/address/beginnings'
import type { ValuesAnswer } from '@/lib/flow/answer/traffic/values'
import { fieldOf, type KeyField } from '@/lib/flow/field/fields'
import type { View } from '@/lib/flow/view/view'
import { join, type Sql, sql } from '@/lib/store/sql'
import type { Store } from '@/lib/store/store'
import type { ColumnType } from './columns/columns'
import { MEASURES } from './columns/measures'
import { type CellValue, wordOf } from './columns/words'
import { keyed } from './where/keyed'
import type { Scoped } from './where/scope'

export interface ValuesOptions extends Scoped {
  field?: KeyField
  /** Beginning of the value, case-insensitive; for names, also of one of their words. */
  prefix?: string
  limit?: number
}

interface Group {
  key0: CellValue
  /** Spelling of an ACL, in place of its key. */
  shown0?: string
  tuples: number
  total: number
}

/** Matches where a word begins: after anything that is neither letter nor digit, and at a capital after a small letter. */
const WORDS = /(?<![\p{L}\p{N}])(?=[\p{L}\p{N}])|(?<=\p{Ll})(?=\p{Lu})/gu

function begins(text: string, prefix: string): boolean {
  const [whole, start] = [text.toLowerCase(), prefix.toLowerCase()]
  return whole.startsWith(start) || [...text.matchAll(WORDS)].some(({ index }) => whole.startsWith(start, index))
}

/** Returns a condition on the range of an address or number; texts have few distinct values, which are compared later. */
function inKey(type: ColumnType, prefix: string): Sql {
  if (type === 'text' || prefix === '') return sql`1 = 1`
  const ranges: readonly (NumberRange | { first: bigint; last: bigint })[] =
    type !== 'number' ? addressesBeginning(prefix) : numbersBeginning(prefix, Number.MAX_SAFE_INTEGER)
  if (ranges.length === 0) return sql`1 = 0`
  return join(
    ranges.map(({ first, last }) => sql`key0 between ${first} and ${last}`),
    ' or ',
  )
}

async function logNames(store: Store, signal?: AbortSignal): Promise<ReadonlyMap<string, string>> {
  const rows = await store.query<{ id: string; name: string }>(sql`select distinct log as id, log_name as name from groups`, signal)
  return new Map(rows.map(({ id, name }) => [id, name]))
}

/** Returns a function that tells whether a value, or the name of a log by its id, begins like this. */
async function matcher(store: Store, field: KeyField, prefix: string, signal?: AbortSignal): Promise<(group: Group) => boolean> {
  const names = field === 'log' ? await logNames(store, signal) : new Map<string, string>()
  const typed = fieldOf(field).type === 'mac' ? prefix.replace(/[:.-]/g, '') : prefix
  return ({ key0, shown0 }) => [shown0 ?? String(key0), names.get(String(key0)) ?? ''].some((text) => begins(text, typed))
}

/**
 * Returns the values of a field that occur in the view, the most frequent first, equal ones in the order of the value. With `ip` or `port`, a tuple counts for
 * each of its two ends, once if both are equal.
 */
export async function values(
  store: Store,
  view: View,
  { scope, field = 'src', prefix = '', limit = 10 }: ValuesOptions,
  signal?: AbortSignal,
): Promise<Pick<ValuesAnswer, 'field' | 'total' | 'rows'>> {
  const { from, types, shown } = keyed(view, scope, [field])
  const type = types[0]!
  const byText = type === 'text' && prefix !== ''
  const question = sql`select *, count(*) over () as total
      from (select key0, ${MEASURES.tuples} as tuples${shown} from ${from} where ${inKey(type, prefix)} group by key0) as counted
      order by tuples desc, key0 ${byText ? sql`` : sql`limit ${limit}`}`
  const matches = byText ? await matcher(store, field, prefix, signal) : () => true
  const groups: Group[] = []
  let total = 0
  for await (const some of store.stream<Group>(question, signal))
    for (const group of some) {
      if (!matches(group)) continue
      total = byText ? total + 1 : group.total
      if (groups.length < limit) groups.push(group)
    }
  return {
    field,
    total,
    rows: groups.map(({ key0, shown0, tuples }) => ({ value: shown0 ?? wordOf(type, key0), tuples })),
  }
}
