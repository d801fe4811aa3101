import { compactCount, formatBytes } from '@/components/format/number'
import { ActionMark } from '@/components/ui/action-mark'
import { type Bucket, type BucketMetric, formatMeasure, sumBuckets } from './metric'

/** Which side is which, and how much of each there is. */
export function Legend({ buckets, metric }: { buckets: readonly Bucket[]; metric: BucketMetric }) {
  const sum = sumBuckets(buckets, metric)
  const short = (n: number) => (metric === 'bytes' ? formatBytes(n) : compactCount(n))
  return (
    <ul className="flex flex-wrap items-center gap-x-4 text-label text-muted">
      {(['deny', 'allow'] as const).map((action) => (
        <li key={action} className="flex items-center gap-1.5" title={formatMeasure(sum[action], metric)}>
          <ActionMark action={action} />
          {action === 'deny' ? 'denied, above' : 'allowed, below'}
          <span className="data text-ink">{short(sum[action])}</span>
        </li>
      ))}
    </ul>
  )
}
