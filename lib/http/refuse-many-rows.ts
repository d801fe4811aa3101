import 'server-only'
import { timeline } from '@/lib/query/timeline'
import type { Asking } from './answer'
import { beyond } from './beyond'

/** Counts what an export would hold before any of it is made. @throws Problem `ask` beyond FLOWLENS_LIMIT_EXPORT_ROWS. */
export async function refuseManyRows({ road, view, options: { sources }, signal }: Asking<'export'>): Promise<void> {
  const { buckets } = await timeline(road.store, view, { sources, buckets: 1 }, signal)
  const rows = buckets.reduce((sum, { allow, deny }) => sum + allow.tuples + deny.tuples, 0)
  beyond('exportRows', rows, 'Export', { unit: 'rows', key: 'from' })
}
