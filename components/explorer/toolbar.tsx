'use client'

import { AnswerNote } from '@/components/answer/answer-note'
import { isUnread } from '@/components/answer/unread'
import { formatCount } from '@/components/format/number'
import { Button } from '@/components/ui/button'
import { Skeleton } from '@/components/ui/skeleton'
import { ColumnChooser } from './column-chooser'
import type { Rows } from './use-rows'

/** How many rows are here of how many there are, and which columns they show. */
export function Toolbar({ answer }: { answer: Rows }) {
  const { data, rows, lost, regain } = answer
  return (
    <div className="flex min-h-9 shrink-0 items-center gap-3 border-y border-line bg-surface py-1 pr-2 pl-3">
      <h2 className="text-title font-semibold max-sm:sr-only">Tuples</h2>
      {data === undefined ? (
        <Skeleton className="h-3 w-40" />
      ) : isUnread(data.coverage) ? (
        <p className="truncate text-label text-muted">nothing read so far</p>
      ) : (
        <p className="truncate text-label text-muted" aria-live="polite">
          <span className="data text-ink">{formatCount(rows.count)}</span> shown of{' '}
          <span className="data text-ink">{formatCount(data.total)}</span>
        </p>
      )}
      <AnswerNote answered={answer} />
      {lost === null ? null : (
        <p role="alert" className="flex min-w-0 items-center gap-2 text-label text-deny">
          <span className="truncate" title={lost.message}>
            Some rows did not come: {lost.message}
          </span>
          <Button onClick={regain}>Try again</Button>
        </p>
      )}
      <div className="ml-auto flex items-center gap-1">
        <ColumnChooser />
      </div>
    </div>
  )
}
