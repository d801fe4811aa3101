'use client'

import type { ReactNode } from 'react'
import { Failed } from '@/components/parts/answer/failed'
import { useLoad } from '@/components/parts/answer/load/load-provider'
import { isUnread } from '@/components/parts/answer/load/unread'
import type { Answered } from '@/components/parts/answer/use-answer'
import { Panel } from '@/components/ui/panel'
import { Empty } from '@/components/ui/states/empty'
import type { Coverage } from '@/lib/flow/answer/answer'
import { AnswerNote } from './answer-note'
import { NothingHere } from './nothing-here'

/** A panel around one answer: first a skeleton, then its figures or its error. */
export function AnswerPanel<T extends { coverage: Coverage }>({
  title,
  answered,
  mark,
  actions,
  skeleton,
  className,
  isEmpty,
  children,
}: {
  title: string
  answered: Answered<T>
  /** Shown beside the title, for remarks of the charts about their data. */
  mark?: ReactNode
  actions?: ReactNode
  /** Has the size of the answer. */
  skeleton: ReactNode
  className?: string
  /** True if there is nothing to show; the panel then explains why, or waits while the range is read. */
  isEmpty?: (data: T) => boolean
  children: (data: T) => ReactNode
}) {
  const { phase } = useLoad()
  const { data, error, stale, retry } = answered
  let body: ReactNode = skeleton
  if (error) body = <Failed message={error.message} requestId={error.requestId} onRetry={retry} />
  else if (phase === 'blocked') body = <Empty title="Filter error: no query run">Correct the filter to see results.</Empty>
  else if (data !== undefined && !isEmpty?.(data)) body = children(data)
  else if (data !== undefined && phase !== 'reading') {
    const why = <NothingHere coverage={data.coverage} />
    body = isUnread(data.coverage) ? (
      <div className="relative">
        <div className="invisible">{skeleton}</div>
        <div className="absolute inset-0">{why}</div>
      </div>
    ) : (
      <div className="h-full min-h-60">{why}</div>
    )
  }
  return (
    <Panel
      title={title}
      note={
        error ? null : (
          <>
            <AnswerNote answered={answered} />
            {mark}
          </>
        )
      }
      actions={actions}
      stale={stale}
      className={className}
    >
      {body}
    </Panel>
  )
}
