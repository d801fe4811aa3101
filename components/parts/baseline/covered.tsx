'use client'

import { formatCount, formatPlural } from '@/components/parts/format/number'
import { formatRange } from '@/components/parts/format/time'
import { rangePatch } from '@/components/parts/time-range/range-math'
import { useView } from '@/components/parts/view/use-view'
import { ViewLink } from '@/components/parts/view/view-link'
import { formatBytes } from '@/lib/flow/text/bytes'
import type { BaselineBasis } from './use-baseline'

/** The time range of a baseline, and the share of it that the logs cover. */
export function Covered({ basis }: { basis: BaselineBasis }) {
  const { zone } = useView()
  const { state, range, hours, missing, unread } = basis
  return (
    <p className="text-label text-muted">
      Baseline <span className="data text-ink">{formatRange(range.from, range.to, zone)}</span>
      {state === 'waits' ? ': loading' : null}
      {state === 'failed' ? <span className="text-caution">: cannot be listed</span> : null}
      {state === 'none' ? <span className="text-caution">: the logs hold nothing of it, so that nothing can be called new</span> : null}
      {state === 'unread' ? (
        <>
          <span className="text-caution">: {formatBytes(unread)} of it are not read. </span>
          <ViewLink patch={rangePatch(range)} className="text-accent underline underline-offset-3">
            Open it
          </ViewLink>
        </>
      ) : null}
      {state === 'here' ? (
        <>
          : the logs cover{' '}
          <span className={missing > 0 ? 'text-caution' : ''}>
            {formatCount(hours - missing)} of {formatPlural(hours, 'hour')}
          </span>
          .
        </>
      ) : null}
    </p>
  )
}
