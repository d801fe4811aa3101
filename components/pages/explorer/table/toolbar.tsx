'use client'

import { RefreshCw } from 'lucide-react'
import { FacetsButton } from '@/components/pages/explorer/facets/facets-button'
import { isUnread } from '@/components/parts/answer/load/unread'
import { AnswerNote } from '@/components/parts/answer/panel/answer-note'
import { ExportButton } from '@/components/parts/export/export-button'
import { formatCount } from '@/components/parts/format/number'
import { VerifyButton } from '@/components/parts/verify/verify-button'
import { Button } from '@/components/ui/button'
import { classNames } from '@/components/ui/class-names'
import { Skeleton } from '@/components/ui/marks/skeleton'
import { ColumnChooser } from './columns/column-chooser'
import { fieldsInSight, type TupleModel } from './columns/model'
import type { PickedRows } from './rows/use-picked-rows'
import type { Rows } from './rows/use-rows'
import { SelectionBar } from './selection-bar'

/** Number of rows loaded and in all, the actions for selected rows, and the column chooser. */
export function Toolbar({
  answer,
  names,
  table,
  picked,
  faceted,
}: {
  answer: Rows
  names: ReadonlyMap<string, string>
  table: TupleModel
  picked: PickedRows
  /** True if the values are beside the table, false if a button opens them. */
  faceted: boolean
}) {
  const { data, rows, newer, renew, lost, regain } = answer
  return (
    <div className="flex min-h-9 shrink-0 items-center gap-3 border-y border-line bg-surface py-1 pr-2 pl-3">
      {faceted ? null : <FacetsButton names={names} />}
      <h2 className="text-title font-semibold max-sm:sr-only">Tuples</h2>
      {data === undefined ? (
        <Skeleton className="h-3 w-40" />
      ) : isUnread(data.coverage) ? (
        <p className="truncate text-label text-muted">nothing read so far</p>
      ) : (
        <p className={classNames('truncate text-label text-muted', picked.rows.size > 0 && 'max-sm:sr-only')} aria-live="polite">
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
            Some rows could not be loaded: {lost.message}
          </span>
          <Button onClick={regain}>Try again</Button>
        </p>
      )}
      <div className="ml-auto flex shrink-0 items-center gap-1">
        <SelectionBar table={table} picked={picked} />
        <VerifyButton />
        <ExportButton shown={fieldsInSight(table)} />
        <ColumnChooser table={table} />
      </div>
    </div>
  )
}
