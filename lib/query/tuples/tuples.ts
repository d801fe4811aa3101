import type { TuplesAnswer } from '@/lib/flow/answer/tuples/tuples'
import type { SortBy } from '@/lib/flow/field/fields'
import type { View } from '@/lib/flow/view/view'
import { NAMED_TUPLES, NAMES, TUPLES } from '@/lib/query/columns/columns'
import { ROW_NAMES, toTupleRow } from '@/lib/query/columns/rows'
import type { CellValue } from '@/lib/query/columns/words'
import type { Scoped } from '@/lib/query/where/scope'
import { where } from '@/lib/query/where/where'
import type { StoredRow } from '@/lib/store/row'
import { join, Sql, sql } from '@/lib/store/sql'
import type { Store } from '@/lib/store/store'
import { after, readCursor, writeCursor } from './cursor'
import { sortTerms, sortText } from './sort'
import { withContext } from './told'

export interface TuplesOptions extends Scoped {
  limit?: number
  sort?: readonly SortBy[]
  /** True to add the context of each row. */
  context?: boolean
  /** `next` of the previous page, or empty. */
  cursor?: string
}

const NEWEST: readonly SortBy[] = [{ field: 'time', descending: true }]

/** The place of a row in the order, one column for each term. */
type OrderName = `place${number}`

/**
 * Returns one page of the view's tuples, and their total number.
 * @throws Problem `ask` if the cursor belongs to another sort
 */
export async function tuples(
  store: Store,
  view: View,
  { scope, context = false, limit = 100, sort = NEWEST, cursor = '' }: TuplesOptions,
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
  const page = cursor === '' ? condition : sql`${condition} and ${after(terms, readCursor(cursor, sortText(sort), terms))}`
  const [found, counted] = await Promise.all([
    store.query<StoredRow & Record<OrderName, CellValue>>(
      sql`select * from (
          select ${ROW_NAMES}, ${values} from ${from} where ${page} order by ${order} limit ${limit + 1}
        ) as page join ${NAMES} on group_id = grp order by ${order}`,
      signal,
    ),
    store.query<{ total: number }>(sql`select count(*) as total from tuples where ${condition}`, signal),
  ])
  const rows = found.slice(0, limit)
  const last = found.length > limit ? rows.at(-1) : undefined
  return {
    total: counted[0]!.total,
    rows: withContext(rows.map(toTupleRow), context ? scope.context : null),
    next: last
      ? writeCursor(
          sortText(sort),
          terms,
          terms.map((_, i) => last[`place${i}`]!),
        )
      : null,
  }
}
