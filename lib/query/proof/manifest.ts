import type { Rejection } from '@/lib/flow/reading/blob'
import type { View } from '@/lib/flow/view/view'
import type { Scoped } from '@/lib/query/where/scope'
import { where } from '@/lib/query/where/where'
import { sql } from '@/lib/store/sql'
import type { Store } from '@/lib/store/store'

type Refused = Pick<Rejection, 'what' | 'reason' | 'count' | 'offset'>

/** The stored facts about blobs, by their id. */
export interface Manifest {
  /** Rows of the view, without blobs that have none. */
  rows: Map<number, number>
  /** Rejections and warnings. */
  rejected: Map<number, Refused[]>
}

/** Returns the content of the view's manifest, except for the states of its blobs. */
export async function manifest(store: Store, view: View, { scope }: Scoped, signal?: AbortSignal): Promise<Manifest> {
  const [rows, refused] = await Promise.all([
    store.query<{ blob: number; n: number }>(sql`select blob, count(*) as n from tuples where ${where(view, scope)} group by blob`, signal),
    store.query<Refused & { blob: number }>(
      sql`select blob, what, reason, cast(sum(count) as bigint) as count, min(pos) as "offset" from rejections
        group by blob, what, reason order by blob, what, reason`,
      signal,
    ),
  ])
  const rejected = new Map<number, Refused[]>()
  for (const { blob, ...one } of refused) rejected.set(blob, [...(rejected.get(blob) ?? []), one])
  return { rows: new Map(rows.map(({ blob, n }) => [blob, n])), rejected }
}
