import type { TimelineAnswer } from '@/lib/flow/answer/traffic/timeline'
import { USUAL } from '@/lib/flow/field/scan'
import { DENY, IN } from '@/lib/flow/tuple/tuple'
import type { View } from '@/lib/flow/view/view'
import { MEASURES } from '@/lib/query/columns/measures'
import { fromScanners } from '@/lib/query/condition/scanner'
import { inRange, where } from '@/lib/query/where/where'
import { sql } from '@/lib/store/sql'
import type { Store } from '@/lib/store/store'
import { type TimelineOptions, timeline } from './timeline'

export interface NoiseOptions extends TimelineOptions {
  noise?: boolean
}

type Noise = NonNullable<TimelineAnswer['buckets'][number]['noise']>

/** Returns the timeline, with the scan noise in its denied tuples if requested: inbound, from a source that is a scanner by the default thresholds. */
export async function timelineWithNoise(
  store: Store,
  view: View,
  options: NoiseOptions,
  signal?: AbortSignal,
): Promise<Pick<TimelineAnswer, 'bucketMs' | 'buckets'>> {
  const answer = await timeline(store, view, options, signal)
  if (!options.noise) return answer
  const { scope } = options
  const scanners = fromScanners([{ word: 'any', group: 'ip', thresholds: USUAL }], inRange(view, scope))
  const rows = await store.query<Noise & { bucket: number }>(
    sql`select time - time % ${answer.bucketMs} as bucket, ${MEASURES.tuples} as tuples, ${MEASURES.flows} as flows,
        ${MEASURES.bytes} as bytes, ${MEASURES.packets} as packets
      from tuples where ${where(view, scope)} and action = ${DENY} and dir = ${IN} and ${scanners} group by bucket`,
    signal,
  )
  const noise = new Map(rows.map(({ bucket, ...sums }) => [bucket, sums]))
  const none: Noise = { tuples: 0, flows: 0, bytes: 0, packets: 0 }
  return { ...answer, buckets: answer.buckets.map((bucket) => ({ ...bucket, noise: noise.get(bucket.t) ?? none })) }
}
