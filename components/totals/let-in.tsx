'use client'

import { ArrowRight, Check } from 'lucide-react'
import Link from 'next/link'
import { isUnread } from '@/components/answer/unread'
import { useAnswer } from '@/components/answer/use-answer'
import { formatCount, formatPlural } from '@/components/format/number'
import { serviceName } from '@/components/format/port'
import { decodeRule } from '@/components/format/rule'
import { formatClock, formatInstant, zoneSign } from '@/components/format/time'
import { ActionMark } from '@/components/ui/action-mark'
import { classNames } from '@/components/ui/class-names'
import { useView } from '@/components/view/use-view'
import type { ScansAnswer } from '@/lib/flow/answers'
import { FIGURE_BOX, Figure, FigureFailed, FigureSkeleton, FigureUnread } from './figure'
import { LetInList } from './let-in-list'
import { hasAllLetIn, isLetIn } from './let-in-scan'

const NAME = 'Kept out, then let in'
/** Sources looked at; those that got in come first. */
const LIMIT = '100'

function Calm({ data, growing, stale }: { data: ScansAnswer; growing: boolean; stale: boolean }) {
  const { href } = useView()
  return (
    <Figure
      name={NAME}
      value="0"
      exact="no source"
      about={
        growing ? (
          'none so far'
        ) : (
          <Link
            href={href({}, '/flips')}
            prefetch={false}
            className="inline-flex items-center gap-1 rounded-sm underline-offset-3 hover:text-accent hover:underline"
          >
            <Check aria-hidden="true" size={12} className="shrink-0" />
            {data.total === 0 ? 'no inbound denials in this view' : `none of ${formatPlural(data.total, 'denied source')} got in later`}
          </Link>
        )
      }
      stale={stale}
      growing={growing}
    />
  )
}

/** Sources that were denied inbound and were let in as well: calm at zero, the loudest thing on the page above. */
export function LetIn() {
  const { zone, href } = useView()
  const { data, error, stale, partial, retry } = useAnswer('scans', { limit: LIMIT })
  if (error) return <FigureFailed name={NAME} error={error} onRetry={retry} />
  if (data === undefined) return <FigureSkeleton name={NAME} />
  if (isUnread(data.coverage)) return <FigureUnread name={NAME} />
  const rows = data.rows.filter(isLetIn).sort((a, b) => Date.parse(b.allowed.first) - Date.parse(a.allowed.first))
  const [newest] = rows
  if (newest === undefined) return <Calm data={data} growing={partial} stale={stale} />
  const { allowed } = newest
  return (
    <div role="status" className={classNames(FIGURE_BOX, 'relative justify-center bg-ink text-ground', stale && 'opacity-80')}>
      <h3 className="flex h-5 items-center gap-1.5 text-label font-semibold">
        <ActionMark action="deny" />
        <ArrowRight aria-hidden="true" size={12} />
        <ActionMark action="allow" />
        <Link
          href={href({}, '/flips')}
          prefetch={false}
          title="Every flow that was denied and then allowed, with the minute in which it changed"
          className="-my-1 ml-0.5 rounded-sm py-1 underline underline-offset-3 hover:decoration-2"
        >
          {NAME}
        </Link>
      </h3>
      <div className="flex min-w-0 items-center gap-4">
        <p
          className="data text-[34px] leading-10 font-semibold"
          title={`${formatCount(rows.length)} of ${formatPlural(data.total, 'denied source')}`}
        >
          {formatCount(rows.length)}
          {partial || !hasAllLetIn(data) ? <span className="text-data">+</span> : null}
        </p>
        <div className="min-w-0 flex-1 text-label">
          <p className="sm:truncate">
            <Link
              href={href({}, `/host/${newest.source}`)}
              prefetch={false}
              className="data rounded-sm text-data font-semibold underline underline-offset-3 hover:decoration-2"
              title={`All about ${newest.source}`}
            >
              {newest.source}
            </Link>{' '}
            on <span className="data">{allowed.dport}</span> {serviceName(allowed.dport)}
          </p>
          <p className="sm:truncate" title={formatInstant(allowed.first, zone)}>
            by rule {decodeRule(allowed.rule).name} at{' '}
            <span className="data">
              {formatClock(allowed.first, zone)} {zoneSign(Date.parse(allowed.first), zone)}
            </span>
          </p>
        </div>
        <LetInList rows={rows} />
      </div>
    </div>
  )
}
