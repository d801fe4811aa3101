'use client'

import { RefreshCw } from 'lucide-react'
import type { ReactNode } from 'react'
import { FacetsButton } from '@/components/pages/explorer/facets/facets-button'
import { Awaited } from '@/components/parts/answer/load/awaited'
import { isUnread } from '@/components/parts/answer/load/unread'
import { AnswerNote } from '@/components/parts/answer/panel/answer-note'
import { formatCount } from '@/components/parts/format/number'
import { useKey } from '@/components/parts/keys/use-key'
import { TryAgain } from '@/components/parts/session/try-again'
import { useOptions } from '@/components/parts/view/use-options'
import { useView } from '@/components/parts/view/use-view'
import { Button } from '@/components/ui/button'
import { classNames } from '@/components/ui/class-names'
import { Skeleton } from '@/components/ui/marks/skeleton'
import { Segmented } from '@/components/ui/segmented'
import type { FlowRow } from '@/lib/flow/answer/tuples/flows'
import type { ToldRow } from '@/lib/flow/answer/tuples/tuples'
import type { ExplorerRows } from './rows/use-rows'

const SHAPES = [
  { value: 'tuple', label: 'Tuples', about: 'one row for each tuple, as logged' },
  { value: 'flow', label: 'Flows', about: 'one row for each flow, from its beginning to its end, as all of its NICs saw it' },
] as const

/** The shape of rows, the number of those loaded and in total, and the actions for them. */
export function Toolbar({
  answer,
  names,
  faceted,
  brief = false,
  children,
}: {
  answer: ExplorerRows<ToldRow> | ExplorerRows<FlowRow>
  names: ReadonlyMap<string, string>
  /** True if the values are beside the table, false if a button opens them. */
  faceted: boolean
  /** True if the actions need the room of the numbers on a narrow screen. */
  brief?: boolean
  /** Actions. */
  children: ReactNode
}) {
  const { go } = useView()
  const { options, patch } = useOptions('tuples')
  const show = (per: typeof options.per) => go({ ...patch({ per }), row: null })
  useKey({ keys: 'v', does: 'tuples or flows as rows', group: 'Rows' }, () => show(options.per === 'flow' ? 'tuple' : 'flow'))
  const { data, rows, newer, renew, lost, regain } = answer
  return (
    <div className="flex min-h-9 shrink-0 items-center gap-x-3 border-y border-line bg-surface py-1 pr-2 pl-3 max-sm:flex-wrap">
      {faceted ? null : <FacetsButton names={names} />}
      <h2 className="sr-only">{options.per === 'flow' ? 'Flows' : 'Tuples'}</h2>
      <Segmented label="Rows" choices={SHAPES} value={options.per} onChange={show} />
      {data === undefined && answer.error !== null ? null : data === undefined ? (
        <div className="max-sm:order-last">
          <Awaited>
            <Skeleton className="h-3 w-40" />
          </Awaited>
        </div>
      ) : isUnread(data.coverage) ? (
        <p className="truncate text-label text-muted">nothing read so far</p>
      ) : (
        <p
          className={classNames('truncate text-label text-muted max-sm:order-last max-sm:w-full', brief && 'max-sm:sr-only')}
          aria-live="polite"
        >
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
        <p role="alert" className="flex min-w-0 items-center gap-2 text-label text-caution">
          <span className="truncate" title={lost.message}>
            Some rows could not be loaded: {lost.message}
          </span>
          <TryAgain onRetry={regain} />
        </p>
      )}
      <div className="ml-auto flex shrink-0 items-center gap-1">{children}</div>
    </div>
  )
}
