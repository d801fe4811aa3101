import { compactCount } from '@/components/parts/format/number'
import { late } from '@/components/ui/late'
import { ActionMark } from '@/components/ui/marks/action-mark'
import { formatBytes } from '@/lib/flow/text/bytes'
import type { Action } from '@/lib/flow/tuple/tuple'
import { type Bucket, type BucketMetric, type Drawn, formatMeasure, sumBuckets, sumNoise } from './metric'
import { NoiseMark } from './noise-mark'

const MarkLegend = late(() => import('@/components/parts/holes/mark-legend').then((module) => module.MarkLegend))

/** The legend with the sum of each side, and the marks on the time axis; with `onDraw`, a side can be drawn alone. */
export function Legend({
  buckets,
  metric,
  drawn = 'both',
  onDraw,
}: {
  buckets: readonly Bucket[]
  metric: BucketMetric
  drawn?: Drawn
  onDraw?: (drawn: Drawn) => void
}) {
  const sum = sumBuckets(buckets, metric)
  const noise = sumNoise(buckets, metric)
  const short = (n: number) => (metric === 'bytes' ? formatBytes(n) : compactCount(n))
  const side = (action: Action, name: string) => {
    const told = (
      <>
        <ActionMark action={action} />
        {name}
        <span className="data text-ink">{short(sum[action])}</span>
      </>
    )
    const hidden = drawn !== 'both' && drawn !== action
    return (
      <li className={hidden ? 'line-through opacity-60' : ''}>
        {onDraw ? (
          <button
            type="button"
            data-print=""
            aria-pressed={drawn === action}
            title={`${formatMeasure(sum[action], metric)}; ${drawn === action ? 'draw both sides' : 'draw this side alone'}`}
            className="hit flex items-center gap-1.5 rounded-sm hover:text-ink"
            onClick={() => onDraw(drawn === action ? 'both' : action)}
          >
            {told}
          </button>
        ) : (
          <span className="flex items-center gap-1.5" title={formatMeasure(sum[action], metric)}>
            {told}
          </span>
        )}
      </li>
    )
  }
  return (
    <ul className="flex flex-wrap items-center gap-x-4 text-label text-muted">
      {side('deny', 'denied, above')}
      {noise === null ? null : (
        <li title={`${formatMeasure(noise, metric)} denied inbound that came from scanners`}>
          <NoiseMark>{short(noise)}</NoiseMark>
        </li>
      )}
      {side('allow', 'allowed, below')}
      <MarkLegend />
    </ul>
  )
}
