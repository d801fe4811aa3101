import type { FilterField } from '@/lib/flow/field/fields'
import { floorTo, MINUTE } from '@/lib/flow/time/bucket'
import { DENY } from '@/lib/flow/tuple/tuple'
import type { Filter } from '@/lib/flow/view/filter'
import type { View } from '@/lib/flow/view/view'
import { PACKETS } from '@/lib/query/columns/columns'
import { NEW_FLOW } from '@/lib/store/new-flow'
import { join, type Sql, sql } from '@/lib/store/sql'
import type { Scope } from './scope'
import { ofView, passing, where } from './where'

/** Sums over a set of `counted` rows, with the same results as MEASURES over their tuples. */
export const COUNTS = {
  tuples: sql`cast(coalesce(sum(tuples), 0) as bigint)`,
  flows: sql`cast(coalesce(sum(flows), 0) as bigint)`,
  allow: sql`cast(coalesce(sum(case when action = ${DENY} then 0 else tuples end), 0) as bigint)`,
  deny: sql`cast(coalesce(sum(case when action = ${DENY} then tuples else 0 end), 0) as bigint)`,
  bytes: sql`coalesce(sum(bytes_sent + bytes_received), 0)`,
  packets: sql`coalesce(sum(packets), 0)`,
  bytesSent: sql`coalesce(sum(bytes_sent), 0)`,
  bytesReceived: sql`coalesce(sum(bytes_received), 0)`,
} as const satisfies Record<string, Sql>

/** Fields that the roll-up distinguishes. */
const KEPT: ReadonlySet<FilterField> = new Set<FilterField>(['action', 'dir', 'rule', 'acl', 'mac', 'log', 'enc', 'format'])

function isKept(filter: Filter): boolean {
  if (filter.op === 'match') return KEPT.has(filter.field)
  return filter.op === 'not' ? isKept(filter.of) : filter.of.every(isKept)
}

function single(view: View, scope: Scope, more: readonly Sql[]): Sql {
  return sql`select grp, dir, action, time, time as last, 1 as tuples,
      case when ${NEW_FLOW} then 1 else 0 end as flows,
      coalesce(bytes_sent, 0) as bytes_sent, coalesce(bytes_received, 0) as bytes_received, ${PACKETS} as packets
    from tuples where ${join([where(view, scope), ...more], ' and ')}`
}

/**
 * Selects the view's tuples as rows to sum: `grp, dir, action, time, last, tuples, flows, bytes_sent, bytes_received, packets`. Whole minutes come from the
 * roll-up as one row each, with their first tuple's time; tuples that are not rolled up, and minutes that the range cuts, come individually. Every tuple counts
 * once. With a `grain` (milliseconds), a row's tuples are within one multiple of it.
 */
export function counted(view: View, scope: Scope, grain = MINUTE): Sql {
  const { from, to, asof, filter } = view
  const begin = floorTo(from + MINUTE - 1, MINUTE)
  const end = floorTo(to, MINUTE)
  if (view.once || begin >= end || grain % MINUTE !== 0 || (filter && !isKept(filter))) return sql`(${single(view, scope, [])}) as counted`
  const flushed = asof === null ? null : floorTo(asof + 1, MINUTE)
  const conditions = [sql`minute >= ${begin}`, sql`minute < ${end}`, ...ofView(view, scope)]
  if (flushed !== null) conditions.push(sql`record_minute < ${flushed}`)
  if (filter) conditions.push(passing(filter, view, scope))
  const rolled = sql`select grp, dir, action, first as time, last, tuples, flows, bytes_sent, bytes_received, packets
    from minutes where ${join(conditions, ' and ')}`
  // Each branch is a range of one column, so that engines skip data outside without reading it.
  const branches = [rolled, single(view, scope, [sql`rolled = false`])]
  if (from < begin) branches.push(single(view, scope, [sql`rolled = true`, sql`time < ${begin}`]))
  if (end < to) branches.push(single(view, scope, [sql`rolled = true`, sql`time >= ${end}`]))
  if (flushed !== null)
    branches.push(single(view, scope, [sql`rolled = true`, sql`time >= ${begin}`, sql`time < ${end}`, sql`record_time >= ${flushed}`]))
  return sql`(${join(branches, ' union all ')}) as counted`
}
