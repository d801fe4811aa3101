import type { View } from '@/lib/flow/view/view'
import { COUNTS, counted } from '@/lib/query/where/counted'
import type { Scope } from '@/lib/query/where/scope'
import { sql } from '@/lib/store/sql'
import type { Store } from '@/lib/store/store'

/** Returns the number of tuples of the view. */
export async function countTuples(store: Store, view: View, scope: Scope, signal?: AbortSignal): Promise<number> {
  const [row] = await store.query<{ tuples: number }>(sql`select ${COUNTS.tuples} as tuples from ${counted(view, scope)}`, signal)
  return row!.tuples
}
