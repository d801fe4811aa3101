import { formatShare } from '@/components/parts/format/number'
import { formatRange, type Zone } from '@/components/parts/format/time'
import { ActionMark } from '@/components/ui/marks/action-mark'
import { type Bucket, type BucketMetric, formatMeasure } from './metric'

/** The exact figures of one bucket. `share` is its position across the plot, 0 to 1. */
export function Readout({
  bucket,
  before,
  notes,
  width,
  metric,
  zone,
  share,
}: {
  bucket: Bucket
  /** The same bucket of the previous period, if shown. */
  before?: number
  /** Data that is missing, or may still arrive. */
  notes: readonly string[]
  width: number
  metric: BucketMetric
  zone: Zone
  share: number
}) {
  const allow = bucket.allow[metric]
  const deny = bucket.deny[metric]
  const noise = bucket.noise?.[metric]
  const end = bucket.t + width
  return (
    <div
      className="pointer-events-none absolute top-1 z-10 w-max max-w-[80vw] rounded-md bg-raised px-2.5 py-2 text-label shadow-float"
      style={share < 0.5 ? { left: `calc(${share * 100}% + 14px)` } : { right: `calc(${(1 - share) * 100}% + 14px)` }}
    >
      <p className="data text-ink">{formatRange(bucket.t, end, 'utc')}</p>
      {zone === 'local' ? <p className="data text-muted">{formatRange(bucket.t, end, 'local')}</p> : null}
      <dl className="mt-1.5 grid grid-cols-[auto_1fr_auto] items-center gap-x-3 gap-y-1">
        <dt className="flex items-center gap-1.5">
          <ActionMark action="deny" /> denied
        </dt>
        <dd className="data text-right">{formatMeasure(deny, metric)}</dd>
        <dd className="data text-right text-muted">{formatShare(deny, allow + deny)}</dd>
        {noise === undefined ? null : (
          <>
            <dt className="pl-6 text-muted">of which scanning</dt>
            <dd className="data text-right">{formatMeasure(noise, metric)}</dd>
            <dd className="data text-right text-muted">{formatShare(noise, allow + deny)}</dd>
          </>
        )}
        <dt className="flex items-center gap-1.5">
          <ActionMark action="allow" /> allowed
        </dt>
        <dd className="data text-right">{formatMeasure(allow, metric)}</dd>
        <dd className="data text-right text-muted">{formatShare(allow, allow + deny)}</dd>
        {before === undefined ? null : (
          <>
            <dt className="flex items-center gap-1.5">
              <span aria-hidden="true" className="mx-0.5 h-px w-3 bg-ink" /> previous period
            </dt>
            <dd className="data text-right">{formatMeasure(before, metric)}</dd>
          </>
        )}
      </dl>
      {notes.map((note) => (
        <p key={note} className="mt-1.5 max-w-72 text-caution">
          {note}
        </p>
      ))}
    </div>
  )
}
