'use client'

import { formatPlural } from '@/components/parts/format/number'
import { formatRange } from '@/components/parts/format/time'
import { rangePatch } from '@/components/parts/time-range/range-math'
import { useView } from '@/components/parts/view/use-view'
import { ViewLink } from '@/components/parts/view/view-link'
import { formatBytes } from '@/lib/flow/text/bytes'
import type { Previous } from './use-previous'

/** Explains the line of the previous period in the timeline, or why there is none. `total` is the sum of the previous period, null if unknown. */
export function PreviousNote({ previous, total }: { previous: Previous; total: string | null }) {
  const { zone } = useView()
  const { state, range, hours, missing, unread, unfinished, message } = previous
  if (state === 'off') return null
  const when = range ? formatRange(range.from, range.to, zone) : ''
  return (
    <p className="flex min-w-0 flex-wrap items-center gap-x-1.5 text-label text-muted" title={when}>
      <svg aria-hidden="true" viewBox="0 0 18 18" className="size-[18px] shrink-0 rounded-sm">
        <path d="M0 11h9V6h9v12H0z" fill="var(--color-hover)" />
        <path d="M0 11h9V6h9" fill="none" stroke="var(--color-ink)" strokeOpacity={0.6} />
      </svg>
      previous period, the line
      {state === 'waits' && total === null ? <span>loading</span> : null}
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
      {total !== null && unfinished ? <span className="text-caution">this one has not ended</span> : null}
    </p>
  )
}
