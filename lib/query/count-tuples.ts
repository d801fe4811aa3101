import type { View } from '@/lib/flow/view'
import { sql } from '@/lib/store/sql'
import type { Store } from '@/lib/store/store'
import { COUNTS, counted } from './counted'
import type { Scope } from './scope'

/** How many tuples the view has. */
export async function countTuples(store: Store, view: View, scope: Scope, signal?: AbortSignal): Promise<number> {
  const [row] = await store.query<{ tuples: number }>(sql`select ${COUNTS.tuples} as tuples from ${counted(view, scope)}`, signal)
  return row!.tuples
}
