import type { TimelineAnswer } from '@/lib/flow/answer/traffic/timeline'
import { bucketWidth, floorTo } from '@/lib/flow/time/bucket'
import { DENY } from '@/lib/flow/tuple/tuple'
import type { View } from '@/lib/flow/view/view'
import { COUNTS, counted } from '@/lib/query/where/counted'
import type { Scoped } from '@/lib/query/where/scope'
import { sql } from '@/lib/store/sql'
import type { Store } from '@/lib/store/store'

export interface TimelineOptions extends Scoped {
  /** Maximum number of buckets. */
  buckets?: number
}

type Bucket = TimelineAnswer['buckets'][number]
type Side = Bucket['allow']

const BUCKETS = 240

function empty(): Side {
  return { tuples: 0, flows: 0, bytes: 0, packets: 0 }
}

/** Returns allowed and denied tuples in every bucket of the range, including empty ones; bucket starts are multiples of the width since the epoch. */
export async function timeline(
  store: Store,
  view: View,
  { scope, buckets: most = BUCKETS }: TimelineOptions,
  signal?: AbortSignal,
): Promise<Pick<TimelineAnswer, 'bucketMs' | 'buckets'>> {
  const width = bucketWidth(view.from, view.to, most)
  const rows = await store.query<Side & { bucket: number; side: number }>(
    sql`select time - time % ${width} as bucket, action as side, ${COUNTS.tuples} as tuples, ${COUNTS.flows} as flows,
        ${COUNTS.bytes} as bytes, ${COUNTS.packets} as packets
      from ${counted(view, scope, width)} group by bucket, side`,
    signal,
  )
  const start = floorTo(view.from, width)
  const buckets: Bucket[] = []
  for (let t = start; t < view.to; t += width) buckets.push({ t, allow: empty(), deny: empty() })
  for (const { bucket, side, ...sums } of rows) buckets[(bucket - start) / width]![side === DENY ? 'deny' : 'allow'] = sums
  return { bucketMs: width, buckets }
}
