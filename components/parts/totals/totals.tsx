'use client'

import { isUnread } from '@/components/parts/answer/load/unread'
import { useAnswer } from '@/components/parts/answer/use-answer'
import { BytesAbout } from '@/components/parts/counters/bytes-about'
import { WhatCounts } from '@/components/parts/counters/what-counts'
import { compactCount, formatCount, formatShare } from '@/components/parts/format/number'
import { ChangeMark } from '@/components/parts/previous/change-mark'
import { type Bucket, type BucketMetric, both, formatMeasure, sumBuckets } from '@/components/parts/timeline/metric'
import type { TimelineAnswer } from '@/lib/flow/answer/traffic/timeline'
import { formatBytes } from '@/lib/flow/text/bytes'
import { DeniedSources } from './denied-sources'
import { DeniedThenAllowed } from './denied-then-allowed'
import { Figure, FigureFailed, FigureSkeleton, FigureUnread } from './figure'
import { Spark } from './spark'

const NAMES = ['Tuples', 'Denied', 'Bytes, both directions'] as const

/** The change of a sum over the timeline. */
function changed(now: number, figure: (bucket: Bucket) => number, metric: BucketMetric) {
  const sum = ({ buckets }: TimelineAnswer) => buckets.reduce((all, bucket) => all + figure(bucket), 0)
  return <ChangeMark route="timeline" now={now} figure={sum} format={(n) => formatMeasure(n, metric)} />
}

/** Three figures from the timeline. */
function TimelineFigures() {
  const { data, error, stale, partial, provisional, retry } = useAnswer('timeline')
  if (error) return NAMES.map((name) => <FigureFailed key={name} name={name} error={error} onRetry={retry} />)
  if (data === undefined) return NAMES.map((name) => <FigureSkeleton key={name} name={name} />)
  if (isUnread(data.coverage)) return NAMES.map((name) => <FigureUnread key={name} name={name} />)
  const { buckets } = data
  const tuples = sumBuckets(buckets, 'tuples')
  const flows = sumBuckets(buckets, 'flows')
  const bytes = sumBuckets(buckets, 'bytes')
  const all = tuples.allow + tuples.deny
  const volume = bytes.allow + bytes.deny
  const state = { stale, provisional, growing: partial }
  return (
    <>
      <Figure
        name={NAMES[0]}
        value={compactCount(all)}
        exact={`${formatCount(all)} tuples`}
        about={
          <>
            {changed(all, (bucket) => both(bucket, 'tuples'), 'tuples')}
            {compactCount(flows.allow + flows.deny)} new flows
          </>
        }
        help={<WhatCounts of="tuples and flows" />}
        aside={<Spark values={buckets.map(({ allow, deny }) => allow.tuples + deny.tuples)} tone="ink" />}
        {...state}
      />
      <Figure
        name={NAMES[1]}
        value={formatShare(tuples.deny, all)}
        exact={`${formatCount(tuples.deny)} of ${formatCount(all)} tuples`}
        about={
          <>
            {changed(tuples.deny, ({ deny }) => deny.tuples, 'tuples')}
            {formatCount(tuples.deny)} tuples
          </>
        }
        aside={<Spark values={buckets.map(({ deny }) => deny.tuples)} tone="deny" />}
        {...state}
      />
      <Figure
        name={NAMES[2]}
        value={formatBytes(volume)}
        exact={`${formatCount(volume)} bytes`}
        about={<BytesAbout change={changed(volume, (bucket) => both(bucket, 'bytes'), 'bytes')} />}
        help={<WhatCounts of="bytes" />}
        aside={<Spark values={buckets.map(({ allow, deny }) => allow.bytes + deny.bytes)} tone="ink" />}
        {...state}
      />
    </>
  )
}

/** The totals, and the sources that were denied and then allowed. */
export function Totals() {
  return (
    <section
      aria-label="Totals"
      className="grid grid-cols-2 gap-px overflow-hidden rounded-lg border border-line bg-line md:grid-cols-3 lg:grid-cols-[1fr_1fr_1fr_1fr_1.75fr] *:last:col-span-2 md:*:last:col-span-2 lg:*:last:col-span-1"
    >
      <h2 className="sr-only">Totals</h2>
      <TimelineFigures />
      <DeniedSources />
      <DeniedThenAllowed />
    </section>
  )
}
