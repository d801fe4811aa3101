'use client'

import { LoaderCircle, RotateCw } from 'lucide-react'
import { useLoad } from '@/components/answer/load-provider'
import { NothingHere } from '@/components/answer/nothing-here'
import { formatCount, formatPlural } from '@/components/format/number'
import { Button } from '@/components/ui/button'
import { Empty } from '@/components/ui/empty'
import { Failed } from '@/components/ui/failed'
import { LAST_ROW } from './row-window'
import type { Rows } from './use-rows'

function endOf(count: number, partial: boolean): string {
  if (count >= LAST_ROW) return `The table ends after ${formatCount(count)} tuples: narrow the range or the filter to see others`
  return partial ? 'End of what has been read so far' : `End of the list: ${formatPlural(count, 'tuple')}`
}

/** What stands below the rows that are there: more to come, the end, why there are none, or what failed. Stays in view sideways. */
export function TableTail({ answer }: { answer: Rows }) {
  const { rows, data, error, loading, hasMore, partial, retry } = answer
  const { phase } = useLoad()
  if (rows.count === 0) {
    if (phase !== 'blocked' && loading) return null
    return (
      <div className="sticky left-0 h-[calc(100%-32px)] w-full">
        {phase === 'blocked' ? (
          <Empty title="Nothing is asked">The filter has to be understood first.</Empty>
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
          <span role="alert" className="truncate text-deny">
            {error.message}
          </span>
          <Button onClick={retry}>
            <RotateCw aria-hidden="true" size={13} />
            Try again
          </Button>
        </>
      ) : hasMore ? (
        <>
          <LoaderCircle aria-hidden="true" size={13} className="animate-spin text-accent motion-reduce:animate-none" />
          {formatCount(data!.total - rows.count)} more
        </>
      ) : (
        <span>{endOf(rows.count, partial)}</span>
      )}
    </div>
  )
}
