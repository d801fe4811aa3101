import { floorTo, HOUR } from '@/lib/flow/time/bucket'
import type { View } from '@/lib/flow/view/view'
import { counted } from '@/lib/query/where/counted'
import type { Scope } from '@/lib/query/where/scope'
import { sql } from '@/lib/store/sql'
import type { Store } from '@/lib/store/store'

/** The part of a baseline that is known. */
export interface BaselineCover {
  /** Beginnings of its hours that hold rows, without the filter. */
  held: ReadonlySet<number>
  /** Share of all its hours, from 0 to 1. */
  share: number
}

/** Finds the hours of a baseline that hold rows. */
export async function coverOf(store: Store, baseline: View, scope: Scope, signal?: AbortSignal): Promise<BaselineCover> {
  const rows = await store.query<{ hour: number }>(
    sql`select distinct time - time % ${HOUR} as hour from ${counted({ ...baseline, q: '', filter: null, once: false }, scope, HOUR)}`,
    signal,
  )
  const hours = Math.ceil(baseline.to / HOUR) - floorTo(baseline.from, HOUR) / HOUR
  return { held: new Set(rows.map(({ hour }) => hour)), share: rows.length / hours }
}
