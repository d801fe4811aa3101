import { floorTo, HOUR } from '@/lib/flow/bucket'
import { FLUSH_LAG, type View } from '@/lib/flow/view'
import { all } from '@/lib/query/condition/logic'
import { matching } from '@/lib/query/condition/matching'
import { inGroups } from '@/lib/query/condition/names'
import { join, type Sql, sql } from '@/lib/store/sql'
import { copied } from './copies'
import { unrepeated } from './once'
import type { Scope } from './scope'

/**
 * The rows of blobs that a range needs, whatever else happens to be stored: the answer is the same before and after a neighbouring range is read.
 * Of the hour after the range that is what was flushed within FLUSH_LAG. Loose files and strays (hour -1) always count.
 */
function blobsOf(from: number, to: number): Sql {
  const late = to + FLUSH_LAG
  return sql`(hour < 0 or (hour >= ${floorTo(from, HOUR)} and (hour < ${to} or (hour < ${late} and record_time < ${late}))))`
}

/** What a view may rest on whatever its times, as conditions over a table with `grp` and `blob`. */
export function ofView(view: View, scope: Scope): Sql[] {
  const conditions = scope.condition === null ? [] : [scope.condition]
  const logs = view.logs.map((log) => sql`${log}`)
  if (logs.length > 0) conditions.push(inGroups(sql`log in (${join(logs, ', ')})`))
  return conditions
}

/** The rows that a view is about, but for its filter and `once`. */
export function inRange(view: View, scope: Scope): Sql {
  const conditions = [sql`time >= ${view.from}`, sql`time < ${view.to}`, blobsOf(view.from, view.to)]
  if (view.asof !== null) conditions.push(sql`record_time <= ${view.asof}`)
  return all([...conditions, ...ofView(view, scope)])
}

/**
 * The rows that a view is about, as a condition over `tuples` that is true or false and never null. What is told from the range whatever the filter
 * says is told whatever `once` says.
 */
export function where(view: View, scope: Scope): Sql {
  const range = inRange(view, scope)
  const rows = view.filter ? sql`${range} and ${matching(view.filter, { range, context: scope.context })}` : range
  return view.once ? sql`${rows} and not ${copied(rows)} and ${unrepeated(rows)}` : rows
}
