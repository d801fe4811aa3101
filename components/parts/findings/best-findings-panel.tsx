'use client'

import Link from 'next/link'
import { Awaited } from '@/components/parts/answer/load/awaited'
import { useLoad } from '@/components/parts/answer/load/load-provider'
import { isUnread } from '@/components/parts/answer/load/unread'
import { Unanswered } from '@/components/parts/answer/unanswered'
import { useAnswer } from '@/components/parts/answer/use-answer'
import { formatPlural } from '@/components/parts/format/number'
import { useView } from '@/components/parts/view/use-view'
import { buttonClass } from '@/components/ui/button'
import { Skeleton } from '@/components/ui/marks/skeleton'
import { Panel } from '@/components/ui/panel'
import { allRead } from '@/lib/flow/answer/all-read'
import type { Coverage } from '@/lib/flow/answer/answer'
import { LevelMark } from './level-mark'
import { storiesOf } from './stories'

const SHOWN = 3

/** Shown if there are no stories. */
function Instead({ onRetry, coverage }: { onRetry: (() => void) | null; coverage: Coverage | undefined }) {
  const { q } = useView()
  const nothing = q.trim() === '' ? 'Nothing in this range deserves a look' : 'Nothing that matches the filter deserves a look'
  if (onRetry !== null) return <Unanswered onRetry={onRetry}>Findings were not answered</Unanswered>
  if (coverage !== undefined) {
    if (isUnread(coverage))
      return (
        <p className="p-3 text-muted">
          {coverage.problems.length > 0 ? 'Nothing could be read; the reason is above' : 'Nothing read so far'}
        </p>
      )
    if (coverage.blobs === 0) return <p className="p-3 text-muted">No flow log has a blob for this range</p>
    return <p className="p-3 text-muted">{allRead(coverage) ? nothing : 'Nothing so far: not all of the range has been read'}</p>
  }
  return (
    <div className="p-3">
      <Awaited>
        <Skeleton className="h-3 w-96 max-w-full" />
      </Awaited>
    </div>
  )
}

/** The three best stories of the view side by side; on a narrow screen the best one. */
export function BestFindingsPanel() {
  const { href } = useView()
  const { phase } = useLoad()
  const { data, stale, error, retry } = useAnswer('findings', {}, { enabled: phase !== 'reading' })
  const worth = (data?.rows ?? []).filter(({ level }) => level !== 'low')
  return (
    <Panel
      title="Worth a look"
      stale={stale}
      actions={
        data === undefined || isUnread(data.coverage) ? null : (
          <Link href={href({}, '/findings')} prefetch={false} className={buttonClass('ghost')}>
            {formatPlural(data.rows.length, 'finding')}
          </Link>
        )
      }
    >
      {worth.length === 0 ? (
        <Instead onRetry={error === null ? null : retry} coverage={data?.coverage} />
      ) : (
        <ol className="grid auto-cols-fr divide-line/60 lg:grid-flow-col lg:divide-x">
          {storiesOf(worth)
            .slice(0, SHOWN)
            .map(({ address, level, text, findings }) => (
              <li
                key={address ?? findings[0]!.id}
                className="flex h-14 print:h-auto min-w-0 items-center gap-x-2.5 px-3 not-first:max-lg:hidden print:not-first:max-lg:flex"
              >
                <LevelMark level={level} />
                <Link href={href({}, '/findings')} prefetch={false} title={text} className="line-clamp-2 min-w-0 flex-1 hover:underline">
                  {address === null ? null : <span className="data font-semibold">{address} </span>}
                  {text}
                </Link>
              </li>
            ))}
        </ol>
      )}
    </Panel>
  )
}
