'use client'

import dynamic from 'next/dynamic'
import { AnswerPanel } from '@/components/answer/answer-panel'
import { useAnswer } from '@/components/answer/use-answer'
import { formatDuration } from '@/components/format/time'
import { rangePatch, zoomRange } from '@/components/time-range/range-math'
import { useRange } from '@/components/time-range/use-range'
import { Segmented } from '@/components/ui/segmented'
import { Skeleton } from '@/components/ui/skeleton'
import { useOptions } from '@/components/view/use-options'
import { useView } from '@/components/view/use-view'
import { Brush } from './brush'
import { Legend } from './legend'
import { type BucketMetric, bucketMetric } from './metric'
import { CHART } from './size'
import { SummaryTable } from './summary-table'

const METRICS: readonly { value: BucketMetric; label: string; about: string }[] = [
  { value: 'tuples', label: 'tuples', about: 'rows of the log' },
  { value: 'flows', label: 'flows', about: 'new ones: begins, denials and NSG v1 rows' },
  { value: 'bytes', label: 'bytes', about: 'both directions together' },
]

function ChartSkeleton() {
  return (
    <div style={{ height: CHART.height }} className="flex items-end pt-3 pr-2.5 pb-6.5 pl-16">
      <Skeleton className="h-full w-full" />
    </div>
  )
}

const Chart = dynamic(() => import('./chart').then((module) => module.Chart), { ssr: false, loading: ChartSkeleton })

/** Allowed and denied over the whole range, empty stretches included. Drag to zoom in, double click to zoom out. */
export function Timeline() {
  const { zone, go } = useView()
  const { options, patch } = useOptions('overview')
  const answered = useAnswer('timeline')
  const range = useRange()
  const metric = bucketMetric(options.metric)
  return (
    <AnswerPanel
      title="Timeline"
      answered={answered}
      actions={
        <Segmented label="Measure of the timeline" choices={METRICS} value={metric} onChange={(value) => go(patch({ metric: value }))} />
      }
      skeleton={
        <>
          <div className="h-8" />
          <ChartSkeleton />
        </>
      }
    >
      {({ buckets, bucketMs }) => (
        <>
          <div className="flex min-h-8 flex-wrap items-center justify-between gap-x-4 px-3 pt-1">
            <Legend buckets={buckets} metric={metric} />
            <p className="text-label text-faint">
              a bar is <span className="data">{formatDuration(bucketMs)}</span>
              <span className="max-md:hidden"> · drag to zoom in, double click to zoom out</span>
            </p>
          </div>
          <div className="relative">
            <Chart buckets={buckets} width={bucketMs} metric={metric} zone={zone} />
            <Brush
              buckets={buckets}
              width={bucketMs}
              metric={metric}
              zone={zone}
              onRange={(chosen) => go(rangePatch(chosen))}
              onZoomOut={() => {
                if (range) go(rangePatch(zoomRange(range, 2)))
              }}
            />
            <SummaryTable buckets={buckets} metric={metric} zone={zone} />
          </div>
        </>
      )}
    </AnswerPanel>
  )
}
