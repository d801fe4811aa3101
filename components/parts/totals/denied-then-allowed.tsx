'use client'

import { ArrowRight, Check } from 'lucide-react'
import Link from 'next/link'
import { isUnread } from '@/components/parts/answer/load/unread'
import { useAnswer } from '@/components/parts/answer/use-answer'
import { useBasis } from '@/components/parts/answer/use-basis'
import { formatCount, formatPlural } from '@/components/parts/format/number'
import { serviceName } from '@/components/parts/format/port'
import { decodeRule } from '@/components/parts/format/rule'
import { formatClock, formatInstant, zoneSign } from '@/components/parts/format/time'
import { useView } from '@/components/parts/view/use-view'
import { Whois } from '@/components/parts/whois/whois'
import { classNames } from '@/components/ui/class-names'
import { ActionMark } from '@/components/ui/marks/action-mark'
import type { ScansAnswer } from '@/lib/flow/answer/scans'
import { DeniedThenAllowedButton } from './denied-then-allowed-button'
import { hasAllDeniedThenAllowed, isDeniedThenAllowed } from './denied-then-allowed-scan'
import { FIGURE_BOX, Figure, FigureFailed, FigureSkeleton, FigureUnread } from './figure'

const NAME = 'Denied, then allowed'
/** The most sources requested; allowed ones come first. */
const LIMIT = '100'

/** The note under a zero: a tick only if there is traffic, and all of it was counted. */
function CalmNote({ data, growing }: { data: ScansAnswer; growing: boolean }) {
  const { href } = useView()
  if (growing) return 'none so far'
  const { complete } = data.coverage
  return (
    <Link
      href={href({}, complete ? '/flips' : '/coverage')}
      prefetch={false}
      className={classNames(
        'inline-flex items-center gap-1 rounded-sm underline-offset-3 hover:text-accent hover:underline',
        !complete && 'text-caution',
      )}
    >
      {complete ? (
        <>
          <Check aria-hidden="true" size={12} className="shrink-0" />
          {data.total === 0 ? 'no inbound denials in this view' : `none of ${formatPlural(data.total, 'denied source')} allowed later`}
        </>
      ) : (
        'none found, but some data is missing'
      )}
    </Link>
  )
}

function Calm({ data, growing, stale }: { data: ScansAnswer; growing: boolean; stale: boolean }) {
  const { q } = useView()
  const { matched } = useBasis()
  if (!growing && data.total === 0 && !matched) {
    const about = matched === null ? 'totals unavailable' : q.trim() === '' ? 'no data in this range' : 'no data that matches the filter'
    return <Figure name={NAME} value="–" exact="no data" about={about} stale={stale} />
  }
  const about = <CalmNote data={data} growing={growing} />
  return <Figure name={NAME} value="0" exact="no source" about={about} stale={stale} growing={growing} />
}

/** Sources that were denied inbound and allowed later: quiet at zero, highlighted above. */
export function DeniedThenAllowed() {
  const { zone, href } = useView()
  const { data, error, stale, partial, retry } = useAnswer('scans', { limit: LIMIT })
  if (error) return <FigureFailed name={NAME} error={error} onRetry={retry} />
  if (data === undefined) return <FigureSkeleton name={NAME} />
  if (isUnread(data.coverage)) return <FigureUnread name={NAME} />
  const rows = data.rows.filter(isDeniedThenAllowed).sort((a, b) => Date.parse(b.allowed.first) - Date.parse(a.allowed.first))
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
          title="Flows that were denied and then allowed, with the minute of the change"
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
          {partial || !hasAllDeniedThenAllowed(data) ? <span className="text-data">+</span> : null}
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
          <p className="sm:truncate">
            <Whois address={newest.source} loud />
          </p>
          <p className="sm:truncate" title={formatInstant(allowed.first, zone)}>
            by rule {decodeRule(allowed.rule).name} at{' '}
            <span className="data">
              {formatClock(allowed.first, zone)} {zoneSign(Date.parse(allowed.first), zone)}
            </span>
          </p>
        </div>
        <DeniedThenAllowedButton rows={rows} />
      </div>
    </div>
  )
}
