import type { View } from '@/lib/flow/view/view'
import { sql } from '@/lib/store/sql'
import type { Store } from '@/lib/store/store'
import { COUNTS, counted } from './where/counted'
import type { Scoped } from './where/scope'

export interface WindowsOptions extends Scoped {
  /** Length of the windows, which begin at multiples of it. Milliseconds, whole minutes. */
  length: number
  metric: 'tuples' | 'flows' | 'bytes' | 'packets'
  least: number
}

/** Times in epoch milliseconds. */
export interface Window {
  begin: number
  amount: number
  tuples: number
  bytes: number
  first: number
  last: number
}

/** Returns the windows of the view whose amount is at least `least`, in the order of time. */
export function windows(
  store: Store,
  view: View,
  { length, metric, least, scope }: WindowsOptions,
  signal?: AbortSignal,
): Promise<Window[]> {
  return store.query<Window>(
    sql`select * from (
        select time - time % ${length} as begin, ${COUNTS[metric]} as amount, ${COUNTS.tuples} as tuples, ${COUNTS.bytes} as bytes,
          min(time) as first, max(last) as last
        from ${counted(view, scope, length)} group by begin
      ) as sums where amount >= ${least} order by begin`,
    signal,
  )
}
