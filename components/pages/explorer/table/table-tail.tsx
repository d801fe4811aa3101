'use client'

import { LoaderCircle } from 'lucide-react'
import { Failed } from '@/components/parts/answer/failed'
import { useLoad } from '@/components/parts/answer/load/load-provider'
import { NothingHere } from '@/components/parts/answer/panel/nothing-here'
import { formatCount, formatPlural } from '@/components/parts/format/number'
import { TryAgain } from '@/components/parts/session/try-again'
import { Empty } from '@/components/ui/states/empty'
import type { FlowRow } from '@/lib/flow/answer/tuples/flows'
import type { ToldRow } from '@/lib/flow/answer/tuples/tuples'
import { LAST_ROW } from './rows/row-window'
import type { ExplorerRows } from './rows/use-rows'

function endOf(count: number, of: string, partial: boolean): string {
  if (count >= LAST_ROW) return `The table ends after ${formatPlural(count, of)}: narrow the range or the filter to see others`
  return partial ? 'End of what has been read so far' : `End of the list: ${formatPlural(count, of)}`
}

/** The line below the rows: more to come, the end, why there are none, or an error. Always visible when the table is scrolled sideways. */
export function TableTail({ answer, of }: { answer: ExplorerRows<ToldRow | FlowRow>; of: 'tuple' | 'flow' }) {
  const { rows, data, error, loading, hasMore, partial, retry } = answer
  const { phase } = useLoad()
  if (rows.count === 0) {
    if (phase !== 'blocked' && loading) return null
    return (
      <div className="sticky left-0 h-[calc(100%-32px)] w-full">
        {phase === 'blocked' ? (
          <Empty title="Filter error: no query run">Correct the filter to see results.</Empty>
        ) : error ? (
          <Failed message={error.message} requestId={error.requestId} onRetry={retry} />
        ) : (
          <NothingHere coverage={data!.coverage} />
        )}
      </div>
    )
  }
  return (
    <div className="sticky left-0 flex h-12 w-full items-center justify-center gap-3 text-label text-muted">
      {error ? (
        <>
          <span role="alert" className="truncate text-caution">
            {error.message}
          </span>
          <TryAgain onRetry={retry} />
        </>
      ) : hasMore ? (
        <>
          <LoaderCircle aria-hidden="true" size={13} className="animate-spin text-accent motion-reduce:animate-none" />
          {formatCount(data!.total - rows.count)} more
        </>
      ) : (
        <span>{endOf(rows.count, of, partial)}</span>
      )}
    </div>
  )
}
