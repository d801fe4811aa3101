'use client'

import { memo } from 'react'
import { Awaited } from '@/components/parts/answer/load/awaited'
import { isUnread } from '@/components/parts/answer/load/unread'
import { AnswerNote } from '@/components/parts/answer/panel/answer-note'
import { useAnswer } from '@/components/parts/answer/use-answer'
import { HoleMark } from '@/components/parts/holes/hole-mark'
import { TryAgain } from '@/components/parts/session/try-again'
import { Legend } from '@/components/parts/timeline/legend'
import { Plot, PlotSkeleton } from '@/components/parts/timeline/plot'
import { classNames } from '@/components/ui/class-names'
import { SLIM } from '@/components/ui/size/plot-size'

/** The timeline of the rows below. Drag to zoom. */
export const SlimTimeline = memo(function SlimTimeline() {
  const answered = useAnswer('timeline')
  const { data, error, stale, retry } = answered
  return (
    <section aria-label="Timeline" aria-busy={stale} className="shrink-0 px-3 pt-1.5" style={{ minHeight: SLIM.height + 26 }}>
      {error ? (
        <div role="alert" className="flex h-full items-center justify-center gap-3 text-label text-caution">
          <span className="wrap-anywhere">{error.message}</span>
          <TryAgain onRetry={retry} />
        </div>
      ) : data && isUnread(data.coverage) ? (
        <p className="flex items-center justify-center text-label text-muted" style={{ height: SLIM.height + 20 }}>
          Nothing read so far
        </p>
      ) : data ? (
        <div className={classNames('transition-opacity', stale && 'opacity-50')}>
          <div className="flex min-h-5 flex-wrap items-center gap-x-3">
            <Legend buckets={data.buckets} metric="tuples" />
            <AnswerNote answered={answered} />
            <HoleMark />
          </div>
          <Plot answer={data} metric="tuples" size={SLIM} />
        </div>
      ) : (
        <Awaited>
          <div className="h-5" />
          <PlotSkeleton size={SLIM} />
        </Awaited>
      )}
    </section>
  )
})
