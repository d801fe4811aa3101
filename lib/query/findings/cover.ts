import { floorTo, HOUR } from '@/lib/flow/bucket'
import type { View } from '@/lib/flow/view'
import { counted } from '@/lib/query/where/counted'
import type { Scope } from '@/lib/query/where/scope'
import { sql } from '@/lib/store/sql'
import type { Store } from '@/lib/store/store'

/** What of a baseline is known. */
export interface Cover {
  /** Beginnings of its hours that hold rows, whatever the filter. */
  held: ReadonlySet<number>
  /** Of all its hours, from 0 to 1. */
  share: number
}

/** Which hours of a baseline hold rows. */
export async function coverOf(store: Store, baseline: View, scope: Scope, signal?: AbortSignal): Promise<Cover> {
  const rows = await store.query<{ hour: number }>(
    sql`select distinct time - time % ${HOUR} as hour from ${counted({ ...baseline, q: '', filter: null, once: false }, scope, HOUR)}`,
    signal,
  )
  const hours = Math.ceil(baseline.to / HOUR) - floorTo(baseline.from, HOUR) / HOUR
  return { held: new Set(rows.map(({ hour }) => hour)), share: rows.length / hours }
}
