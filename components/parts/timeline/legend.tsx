import { compactCount, formatBytes } from '@/components/parts/format/number'
import { ActionMark } from '@/components/ui/marks/action-mark'
import type { Action } from '@/lib/flow/tuple'
import { type Bucket, type BucketMetric, type Drawn, formatMeasure, sumBuckets, sumNoise } from './metric'
import { NoiseMark } from './noise-mark'

/** The legend with the sum of each side; a side can be drawn alone where `onDraw` is given. `earlier` tells of the line of the previous period. */
export function Legend({
  buckets,
  metric,
  drawn = 'both',
  onDraw,
  earlier = false,
}: {
  buckets: readonly Bucket[]
  metric: BucketMetric
  drawn?: Drawn
  onDraw?: (drawn: Drawn) => void
  earlier?: boolean
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
            className="-my-1 flex items-center gap-1.5 rounded-sm py-1 hover:text-ink"
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
      {earlier ? (
        <li className="flex items-center gap-1.5">
          <svg aria-hidden="true" viewBox="0 0 18 18" className="size-[18px] shrink-0 rounded-sm">
            <path d="M0 11h9V6h9v12H0z" fill="var(--color-hover)" />
            <path d="M0 11h9V6h9" fill="none" stroke="var(--color-ink)" strokeOpacity={0.6} />
          </svg>
          previous period, the line
        </li>
      ) : null}
    </ul>
  )
}
