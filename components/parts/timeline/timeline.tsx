'use client'

import { useRef, useState } from 'react'
import { isUnread } from '@/components/parts/answer/load/unread'
import { AnswerPanel } from '@/components/parts/answer/panel/answer-panel'
import { useAnswer } from '@/components/parts/answer/use-answer'
import { DoubledBytes } from '@/components/parts/counters/doubled-bytes'
import { MixedBytes } from '@/components/parts/counters/mixed-bytes'
import { WhatCounts } from '@/components/parts/counters/what-counts'
import { formatDuration } from '@/components/parts/format/time'
import { HoleMark } from '@/components/parts/holes/hole-mark'
import { PreviousNote } from '@/components/parts/previous/previous-note'
import { PreviousSwitch } from '@/components/parts/previous/previous-switch'
import { usePreviousAnswer } from '@/components/parts/previous/use-previous'
import { both } from '@/components/parts/view/both'
import { useOptions } from '@/components/parts/view/use-options'
import { useView } from '@/components/parts/view/use-view'
import { Button } from '@/components/ui/button'
import { Segmented } from '@/components/ui/segmented'
import { FULL } from '@/components/ui/size/plot-size'
import { Legend } from './legend'
import { type BucketMetric, bucketMetric, type Drawn, formatMeasure, sumBuckets } from './metric'
import { Plot, PlotSkeleton } from './plot'
import { PngButton } from './png-button'

const METRICS: readonly { value: BucketMetric; label: string; about: string }[] = [
  { value: 'tuples', label: 'tuples', about: 'rows of the log' },
  { value: 'flows', label: 'flows', about: 'new ones: begins, denials and NSG v1 rows' },
  { value: 'bytes', label: 'bytes', about: 'both directions together' },
]

/**
 * Allowed and denied over the whole range, including empty stretches; scanning is marked as soon as it is known. Drag to zoom in, double click to zoom out.
 * `term` narrows the link's filter.
 */
export function Timeline({ term }: { term?: string }) {
  const { q, go } = useView()
  const { options, patch } = useOptions('overview')
  const question: Readonly<Record<string, string>> = term === undefined ? {} : { q: both(q, term) }
  const answered = useAnswer('timeline', question)
  const metric = bucketMetric(options.metric)
  const plot = useRef<HTMLDivElement>(null)
  const [drawn, setDrawn] = useState<Drawn>('both')
  const [isLog, setLog] = useState(false)
  const noisy = useAnswer('timeline', { ...question, noise: '1' }, { enabled: metric !== 'bytes' })
  const withNoise = metric === 'bytes' || noisy.stale ? undefined : noisy.data
  const { data: earlier, previous } = usePreviousAnswer('timeline', question)
  const then = earlier ? sumBuckets(earlier.buckets, metric) : null
  return (
    <AnswerPanel
      title="Timeline"
      answered={answered}
      mark={<HoleMark />}
      isEmpty={({ coverage }) => isUnread(coverage)}
      actions={
        <>
          <PngButton plot={plot} answer={withNoise ?? answered.data} metric={metric} />
          <PreviousSwitch />
          <Button
            look={isLog ? 'chosen' : 'plain'}
            aria-pressed={isLog}
            title="Logarithmic scale: a few denials show beside millions of tuples"
            onClick={() => setLog(!isLog)}
          >
            log scale
          </Button>
          <div className="flex items-center">
            <Segmented
              label="Measure of the timeline"
              choices={METRICS}
              value={metric}
              onChange={(value) => go(patch({ metric: value }))}
            />
            <WhatCounts of="measures of the timeline" />
          </div>
        </>
      }
      skeleton={
        <>
          <div className="h-8" />
          <PlotSkeleton size={FULL} />
        </>
      }
    >
      {(plain) => {
        const answer = withNoise ?? plain
        return (
          <>
            <div className="flex min-h-8 flex-wrap items-center justify-between gap-x-4 px-3 pt-1">
              <Legend buckets={answer.buckets} metric={metric} drawn={drawn} onDraw={setDrawn} />
              {metric === 'bytes' ? (
                <>
                  <MixedBytes term={term} />
                  <DoubledBytes term={term} />
                </>
              ) : null}
              <PreviousNote previous={previous} total={then === null ? null : formatMeasure(then.allow + then.deny, metric)} />
              <p className="text-label text-faint">
                {noisy.error ? <span className="mr-3 text-caution">scanning is not marked: {noisy.error.message}</span> : null}a bar is{' '}
                <span className="data">{formatDuration(answer.bucketMs)}</span>
                <span className="max-md:hidden">
                  <span className="mx-1">·</span>drag to zoom in, double click to zoom out
                </span>
              </p>
            </div>
            <div ref={plot}>
              <Plot answer={answer} metric={metric} size={FULL} before={earlier?.buckets} drawn={drawn} isLog={isLog} />
            </div>
          </>
        )
      }}
    </AnswerPanel>
  )
}
