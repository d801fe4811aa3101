import { type Baseline, baselineOf } from '@/lib/flow/time/baseline'
import type { Filter } from '@/lib/flow/view/filter'
import type { View } from '@/lib/flow/view/view'
import { all } from '@/lib/query/condition/logic'
import { matching } from '@/lib/query/condition/matching'
import { inGroups } from '@/lib/query/condition/names'
import { join, type Sql, sql } from '@/lib/store/sql'
import { copied } from './copies'
import { unrepeated } from './once'
import type { Scope } from './scope'

/** Returns the conditions of a view that do not depend on its times, over a table with `grp` and `blob`. */
export function ofView(view: View, scope: Scope): Sql[] {
  const conditions = scope.condition === null ? [] : [scope.condition]
  const logs = view.logs.map((log) => sql`${log}`)
  if (logs.length > 0) conditions.push(inGroups(sql`log in (${join(logs, ', ')})`))
  return conditions
}

/**
 * Returns the condition for the rows of a view without its filter and `once`. Every blob with such rows is one that the range needs
 * (`lib/ingest/threads/worker/strays.ts`), so the answer is the same before and after a neighbouring range is read.
 */
export function inRange(view: View, scope: Scope): Sql {
  const conditions = [sql`time >= ${view.from}`, sql`time < ${view.to}`]
  if (view.asof !== null) conditions.push(sql`record_time <= ${view.asof}`)
  return all([...conditions, ...ofView(view, scope)])
}

/** Rows that pass a filter, as a condition over `tuples` or `minutes` that is never null; what it tells from other rows it tells from those of the view. */
export function passing(filter: Filter, view: View, scope: Scope): Sql {
  const before = (baseline: Baseline) => inRange({ ...view, ...baselineOf(view, baseline) }, scope)
  return matching(filter, { range: inRange(view, scope), before, context: scope.context })
}

/**
 * Returns the condition over `tuples`, never null, for the rows of a view. Terms that are evaluated over the whole range, without the filter, also ignore
 * `once`.
 */
export function where(view: View, scope: Scope): Sql {
  const range = inRange(view, scope)
  const rows = view.filter ? sql`${range} and ${passing(view.filter, view, scope)}` : range
  return view.once ? sql`${rows} and not ${copied(rows)} and ${unrepeated(rows)}` : rows
}
