'use client'

import { RefreshCw } from 'lucide-react'
import { AnswerNote } from '@/components/answer/answer-note'
import { isUnread } from '@/components/answer/unread'
import { ExportButton } from '@/components/export/export-button'
import { formatCount } from '@/components/format/number'
import { Button } from '@/components/ui/button'
import { classNames } from '@/components/ui/class-names'
import { Skeleton } from '@/components/ui/skeleton'
import { VerifyButton } from '@/components/verify/verify-button'
import { ColumnChooser } from './column-chooser'
import { FacetsButton } from './facets-button'
import { SelectionBar } from './selection-bar'
import { useColumns } from './use-columns'
import type { Rows } from './use-rows'
import type { Selection } from './use-selection'

/** How many rows are here of how many there are, what can be done with the selected ones, and which columns they show. */
export function Toolbar({
  answer,
  names,
  selection,
  faceted,
}: {
  answer: Rows
  names: ReadonlyMap<string, string>
  selection: Selection
  /** Whether the values stand beside the table; else a button leads to them. */
  faceted: boolean
}) {
  const { data, rows, newer, renew, lost, regain } = answer
  const { shown } = useColumns()
  return (
    <div className="flex min-h-9 shrink-0 items-center gap-3 border-y border-line bg-surface py-1 pr-2 pl-3">
      {faceted ? null : <FacetsButton names={names} />}
      <h2 className="text-title font-semibold max-sm:sr-only">Tuples</h2>
      {data === undefined ? (
        <Skeleton className="h-3 w-40" />
      ) : isUnread(data.coverage) ? (
        <p className="truncate text-label text-muted">nothing read so far</p>
      ) : (
        <p className={classNames('truncate text-label text-muted', selection.rows.size > 0 && 'max-sm:sr-only')} aria-live="polite">
          <span className="data text-ink">{formatCount(rows.count)}</span> shown of{' '}
          <span className="data text-ink">{formatCount(data.total)}</span>
        </p>
      )}
      <AnswerNote answered={answer} />
      {newer === 0 ? null : (
        <Button look="chosen" onClick={renew}>
          <RefreshCw aria-hidden="true" size={13} />
          Show {formatCount(newer)} newer
        </Button>
      )}
      {lost === null ? null : (
        <p role="alert" className="flex min-w-0 items-center gap-2 text-label text-deny">
          <span className="truncate" title={lost.message}>
            Some rows did not come: {lost.message}
          </span>
          <Button onClick={regain}>Try again</Button>
        </p>
      )}
      <div className="ml-auto flex shrink-0 items-center gap-1">
        <SelectionBar selection={selection} />
        <VerifyButton />
        <ExportButton shown={shown} />
        <ColumnChooser />
      </div>
    </div>
  )
}
