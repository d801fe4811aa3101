'use client'

import { marksAt } from '@/components/parts/holes/marks-at'
import { useHoles } from '@/components/parts/holes/use-holes'
import { rangePatch, untilNow, zoomRange } from '@/components/parts/time-range/range-math'
import { useRange } from '@/components/parts/time-range/use-range'
import { useView } from '@/components/parts/view/use-view'
import { late } from '@/components/ui/late'
import { Skeleton } from '@/components/ui/marks/skeleton'
import type { ChartSize } from '@/components/ui/size/plot-size'
import type { TimelineAnswer } from '@/lib/flow/answer/traffic/timeline'
import { Brush } from './brush'
import { type Bucket, type BucketMetric, type Drawn, sideOf } from './metric'
import { scaleOf } from './scale'

export function PlotSkeleton({ size }: { size: ChartSize }) {
  return (
    <div style={{ height: size.height, padding: `${size.top}px ${size.right}px ${size.bottom}px ${size.left}px` }}>
      <Skeleton className="h-full w-full" />
    </div>
  )
}

const HoleBands = late(() => import('@/components/parts/holes/hole-bands').then((module) => module.HoleBands))
const SummaryTable = late(() => import('./summary-table').then((module) => module.SummaryTable))
const Shade = late(() => import('./shade').then((module) => module.Shade))
const Chart = late(() => import('./chart').then((module) => module.Chart))

/** The chart with its brush: drag to zoom in, double click to zoom out. `before` are the buckets of the previous period, one for one, if shown. */
export function Plot({
  answer,
  metric,
  size,
  before,
  drawn = 'both',
  isLog = false,
}: {
  answer: TimelineAnswer
  metric: BucketMetric
  size: ChartSize
  before?: readonly Bucket[]
  drawn?: Drawn
  isLog?: boolean
}) {
  const { zone, go } = useView()
  const range = useRange()
  const { marks } = useHoles()
  const { buckets, bucketMs } = answer
  const shade = before?.length === buckets.length ? before.map((bucket) => sideOf(bucket, metric, drawn)) : undefined
  const most = Math.max(0, ...buckets.map((bucket) => sideOf(bucket, metric, drawn)), ...(shade ?? []))
  const scale = scaleOf(most, metric, isLog)
  return (
    // On paper as wide as what is drawn for it, so that all of its layers meet.
    <div className="relative isolate print:w-[680px]" style={{ height: size.height }}>
      <Chart buckets={buckets} width={bucketMs} metric={metric} zone={zone} size={size} atLeast={most} drawn={drawn} isLog={isLog} />
      {shade ? <Shade values={shade.map(scale.heightOf)} top={scale.heightOf(scale.values.at(-1)!)} size={size} /> : null}
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
        onRange={(chosen) => go(rangePatch(untilNow(chosen, Date.now())))}
        onZoomOut={() => {
          if (range) go(rangePatch(untilNow(zoomRange(range, 2), Date.now())))
        }}
      />
      <SummaryTable buckets={buckets} metric={metric} zone={zone} />
    </div>
  )
}
