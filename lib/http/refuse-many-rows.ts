import 'server-only'
import { countTuples } from '@/lib/query/count-tuples'
import type { Asking } from './answer'
import { beyond } from './beyond'
import { settings } from './settings'

/** Where the blobs of the range may hold too many, counts what an export would hold before any of it is made. @throws Problem `ask` beyond FLOWLENS_LIMIT_EXPORT_ROWS. */
export async function refuseManyRows({ road: { store }, view, survey, options, signal }: Asking<'export'>): Promise<void> {
  const most = survey.needs.reduce((sum, { blob }) => sum + (store.blobs().get(blob.id)?.tuples ?? 0), 0)
  if (most <= settings().limits.exportRows) return
  beyond('exportRows', await countTuples(store, view, options.scope, signal), 'Export', { unit: 'rows', key: 'from' })
}
