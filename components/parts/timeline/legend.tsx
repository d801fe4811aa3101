import { compactCount, formatBytes } from '@/components/parts/format/number'
import { ActionMark } from '@/components/ui/marks/action-mark'
import type { Action } from '@/lib/flow/tuple'
import { type Bucket, type BucketMetric, formatMeasure, sumBuckets, sumNoise } from './metric'
import { NoiseMark } from './noise-mark'

/** The legend with the sum of each side. */
export function Legend({ buckets, metric }: { buckets: readonly Bucket[]; metric: BucketMetric }) {
  const sum = sumBuckets(buckets, metric)
  const noise = sumNoise(buckets, metric)
  const short = (n: number) => (metric === 'bytes' ? formatBytes(n) : compactCount(n))
  const side = (action: Action, name: string) => (
    <li className="flex items-center gap-1.5" title={formatMeasure(sum[action], metric)}>
      <ActionMark action={action} />
      {name}
      <span className="data text-ink">{short(sum[action])}</span>
    </li>
  )
  return (
    <ul className="flex flex-wrap items-center gap-x-4 text-label text-muted">
      {side('deny', 'denied, above')}
      {noise === null ? null : (
        <li title={`${formatMeasure(noise, metric)} denied inbound that came from scanners`}>
          <NoiseMark>{short(noise)}</NoiseMark>
        </li>
      )}
      {side('allow', 'allowed, below')}
    </ul>
  )
}
