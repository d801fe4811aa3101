'use client'

import { formatBytes, formatPlural } from '@/components/format/number'
import { formatRange } from '@/components/format/time'
import { rangePatch } from '@/components/time-range/range-math'
import { useView } from '@/components/view/use-view'
import { ViewLink } from '@/components/view/view-link'
import type { Previous } from './use-previous'

/** What the thin line of the timeline is, or why there is none. `total` is what the period before comes to, null while it is not known. */
export function PreviousNote({ previous, total }: { previous: Previous; total: string | null }) {
  const { zone } = useView()
  const { state, range, hours, missing, unread, unfinished, message } = previous
  if (state === 'off') return null
  const when = range ? formatRange(range.from, range.to, zone) : ''
  return (
    <p className="flex min-w-0 flex-wrap items-center gap-x-1.5 text-label text-muted" title={when}>
      <span aria-hidden="true" className="h-px w-4 bg-ink" />
      period before
      {state === 'waits' && total === null ? <span>is being asked</span> : null}
      {state === 'none' ? <span className="text-caution">no data then</span> : null}
      {state === 'failed' ? <span className="text-caution wrap-anywhere">{message}</span> : null}
      {state === 'unread' && range ? (
        <>
          <span className="text-caution">{formatBytes(unread)} not read</span>
          <ViewLink patch={rangePatch(range)} className="rounded-sm py-1.5 text-accent underline underline-offset-3">
            Open it
          </ViewLink>
        </>
      ) : null}
      {total === null ? null : <span className="data text-ink">{total}</span>}
      {total !== null && missing > 0 ? (
        <span className="text-caution">
          no data in {missing} of {formatPlural(hours, 'hour')}
        </span>
      ) : null}
      {total !== null && unfinished ? <span className="text-caution">this one is not over</span> : null}
    </p>
  )
}
