'use client'

import dynamic from 'next/dynamic'
import { rangePatch, zoomRange } from '@/components/time-range/range-math'
import { useRange } from '@/components/time-range/use-range'
import { Skeleton } from '@/components/ui/skeleton'
import { useView } from '@/components/view/use-view'
import type { TimelineAnswer } from '@/lib/flow/answers'
import { Brush } from './brush'
import type { BucketMetric } from './metric'
import type { ChartSize } from './size'
import { SummaryTable } from './summary-table'

export function PlotSkeleton({ size }: { size: ChartSize }) {
  return (
    <div style={{ height: size.height, padding: `${size.top}px ${size.right}px ${size.bottom}px ${size.left}px` }}>
      <Skeleton className="h-full w-full" />
    </div>
  )
}

const Chart = dynamic(() => import('./chart').then((module) => module.Chart), { ssr: false })

/** The chart with its brush: drag to zoom in, double click to zoom out. */
export function Plot({ answer, metric, size }: { answer: TimelineAnswer; metric: BucketMetric; size: ChartSize }) {
  const { zone, go } = useView()
  const range = useRange()
  const { buckets, bucketMs } = answer
  return (
    <div className="relative" style={{ height: size.height }}>
      <Chart buckets={buckets} width={bucketMs} metric={metric} zone={zone} size={size} />
      <Brush
        buckets={buckets}
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
