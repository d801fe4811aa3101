'use client'

import dynamic from 'next/dynamic'
import { marksAt } from '@/components/parts/holes/marks-at'
import { useHoles } from '@/components/parts/holes/use-holes'
import { rangePatch, zoomRange } from '@/components/parts/time-range/range-math'
import { useRange } from '@/components/parts/time-range/use-range'
import { useView } from '@/components/parts/view/use-view'
import { Skeleton } from '@/components/ui/marks/skeleton'
import type { ChartSize } from '@/components/ui/plot-size'
import type { TimelineAnswer } from '@/lib/flow/answer/timeline'
import { Brush } from './brush'
import { type Bucket, type BucketMetric, both } from './metric'
import { scaleTicks } from './ticks'

export function PlotSkeleton({ size }: { size: ChartSize }) {
  return (
    <div style={{ height: size.height, padding: `${size.top}px ${size.right}px ${size.bottom}px ${size.left}px` }}>
      <Skeleton className="h-full w-full" />
    </div>
  )
}

const HoleBands = dynamic(() => import('@/components/parts/holes/hole-bands').then((module) => module.HoleBands), { ssr: false })
const SummaryTable = dynamic(() => import('./summary-table').then((module) => module.SummaryTable), { ssr: false })
const Shade = dynamic(() => import('./shade').then((module) => module.Shade), { ssr: false })
const Chart = dynamic(() => import('./chart').then((module) => module.Chart), { ssr: false })

/** The chart with its brush: drag to zoom in, double click to zoom out. `before` are the buckets of the previous period, one for one, if shown. */
export function Plot({
  answer,
  metric,
  size,
  before,
}: {
  answer: TimelineAnswer
  metric: BucketMetric
  size: ChartSize
  before?: readonly Bucket[]
}) {
  const { zone, go } = useView()
  const range = useRange()
  const { marks } = useHoles()
  const { buckets, bucketMs } = answer
  const shade = before?.length === buckets.length ? before.map((bucket) => both(bucket, metric)) : undefined
  const most = Math.max(0, ...buckets.map((bucket) => both(bucket, metric)), ...(shade ?? []))
  return (
    <div className="relative isolate" style={{ height: size.height }}>
      <Chart buckets={buckets} width={bucketMs} metric={metric} zone={zone} size={size} atLeast={most} />
      {shade ? <Shade values={shade} top={scaleTicks(most, metric).at(-1)!} size={size} /> : null}
      {buckets.length > 0 && marks.length > 0 ? (
        <HoleBands from={buckets[0]!.t} to={buckets[0]!.t + buckets.length * bucketMs} size={size} />
      ) : null}
      <Brush
        buckets={buckets}
        before={shade}
        notesOf={(t) => marksAt(marks, t, t + bucketMs)}
        width={bucketMs}
        metric={metric}
        zone={zone}
        size={size}
        onRange={(chosen) => go(rangePatch(chosen))}
        onZoomOut={() => {
          if (range) go(rangePatch(zoomRange(range, 2)))
        }}
      />
      <SummaryTable buckets={buckets} metric={metric} zone={zone} />
    </div>
  )
}
