import type { TuplesAnswer } from '@/lib/flow/answers'
import type { SortBy } from '@/lib/flow/fields'
import type { View } from '@/lib/flow/view'
import { join, Sql, sql } from '@/lib/store/sql'
import type { Store } from '@/lib/store/store'
import { NAMED_TUPLES, NAMES, TUPLES } from './columns'
import { after, readCursor, writeCursor } from './cursor'
import { type StoredRow, TUPLE_COLUMNS, toTupleRow } from './rows'
import type { Scoped } from './scope'
import { sortTerms } from './sort'
import { where } from './where'
import type { Cell } from './words'

export interface TuplesOptions extends Scoped {
  limit?: number
  sort?: readonly SortBy[]
  /** `next` of the page before, or empty. */
  cursor?: string
}

const NEWEST: readonly SortBy[] = [{ field: 'time', descending: true }]

/** Where a row stands in the order, one column for each term. */
type Place = `place${number}`

/** One page of the view's tuples and how many there are in all. Throws Problem `ask` when the cursor is not of this sort. */
export async function tuples(
  store: Store,
  view: View,
  { scope, limit = 100, sort = NEWEST, cursor = '' }: TuplesOptions,
  signal?: AbortSignal,
): Promise<Pick<TuplesAnswer, 'total' | 'rows' | 'next'>> {
  const terms = sortTerms(sort)
  const condition = where(view, scope)
  const places = terms.map((_, i) => Sql.of([`place${i}`], []))
  const order = join(
    places.map((place, i) => (terms[i]!.descending ? sql`${place} desc` : sql`${place} asc`)),
    ', ',
  )
  const values = join(
    places.map((place, i) => sql`${terms[i]!.value} as ${place}`),
    ', ',
  )
  const from = terms.some(({ named }) => named) ? NAMED_TUPLES : TUPLES
  const page = cursor === '' ? condition : sql`${condition} and ${after(terms, readCursor(cursor, sort, terms))}`
  const [found, counted] = await Promise.all([
    store.query<StoredRow & Record<Place, Cell>>(
      sql`select * from (
          select ${TUPLE_COLUMNS}, ${values} from ${from} where ${page} order by ${order} limit ${limit + 1}
        ) as page join ${NAMES} on group_id = grp order by ${order}`,
      signal,
    ),
    store.query<{ total: number }>(sql`select count(*) as total from tuples where ${condition}`, signal),
  ])
  const rows = found.slice(0, limit)
  const last = found.length > limit ? rows.at(-1) : undefined
  return {
    total: counted[0]!.total,
    rows: rows.map(toTupleRow),
    next: last
      ? writeCursor(
          sort,
          terms,
          terms.map((_, i) => last[`place${i}`]!),
        )
      : null,
  }
}
