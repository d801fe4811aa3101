'use client'

import type { ReactNode } from 'react'
import { Empty } from '@/components/ui/empty'
import { Failed } from '@/components/ui/failed'
import { Panel } from '@/components/ui/panel'
import type { Coverage } from '@/lib/flow/answers'
import { AnswerNote } from './answer-note'
import { useLoad } from './load-provider'
import { NothingHere } from './nothing-here'
import { isUnread } from './unread'
import type { Answered } from './use-answer'

/** A panel around one answer: its skeleton before, its failure in its own frame, its figures after. */
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
  /** Stands beside the title, where charts have more to say about what they rest on. */
  mark?: ReactNode
  actions?: ReactNode
  /** Of the size of what comes. */
  skeleton: ReactNode
  className?: string
  /** Then the panel says why there is nothing, or waits while the range is read. */
  isEmpty?: (data: T) => boolean
  children: (data: T) => ReactNode
}) {
  const { phase } = useLoad()
  const { data, error, stale, retry } = answered
  let body: ReactNode = skeleton
  if (error) body = <Failed message={error.message} requestId={error.requestId} onRetry={retry} />
  else if (phase === 'blocked') body = <Empty title="Nothing is asked">The filter has to be understood first.</Empty>
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
