import { type Baseline, baselineOf } from '@/lib/flow/baseline'
import { floorTo, HOUR } from '@/lib/flow/bucket'
import type { Filter } from '@/lib/flow/filter'
import { FLUSH_LAG, type View } from '@/lib/flow/view'
import { all } from '@/lib/query/condition/logic'
import { matching } from '@/lib/query/condition/matching'
import { inGroups } from '@/lib/query/condition/names'
import { join, type Sql, sql } from '@/lib/store/sql'
import { copied } from './copies'
import { unrepeated } from './once'
import type { Scope } from './scope'

/**
 * Returns the condition for rows of blobs that a range needs, whatever else is stored: the answer is the same before and after a neighbouring range is read. Of
 * the hour after the range, it needs rows flushed within FLUSH_LAG. Loose files and strays (hour -1) always count.
 */
function blobsOf(from: number, to: number): Sql {
  const late = to + FLUSH_LAG
  return sql`(hour < 0 or (hour >= ${floorTo(from, HOUR)} and (hour < ${to} or (hour < ${late} and record_time < ${late}))))`
}

/** Returns the conditions of a view that do not depend on its times, over a table with `grp` and `blob`. */
export function ofView(view: View, scope: Scope): Sql[] {
  const conditions = scope.condition === null ? [] : [scope.condition]
  const logs = view.logs.map((log) => sql`${log}`)
  if (logs.length > 0) conditions.push(inGroups(sql`log in (${join(logs, ', ')})`))
  return conditions
}

/** Returns the condition for the rows of a view without its filter and `once`. */
export function inRange(view: View, scope: Scope): Sql {
  const conditions = [sql`time >= ${view.from}`, sql`time < ${view.to}`, blobsOf(view.from, view.to)]
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
