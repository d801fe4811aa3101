'use client'

import { ArrowRight } from 'lucide-react'
import Link from 'next/link'
import { formatCount, formatPlural } from '@/components/parts/format/number'
import { decodeRule } from '@/components/parts/format/rule'
import { formatClock, formatInstant, zoneSign } from '@/components/parts/format/time'
import { describeGap } from '@/components/parts/later/later-text'
import { ruleHref } from '@/components/parts/rules/rule-href'
import type { Patch } from '@/components/parts/view/patch'
import { useView } from '@/components/parts/view/use-view'
import { Whois } from '@/components/parts/whois/whois'
import { classNames } from '@/components/ui/class-names'
import { ActionMark } from '@/components/ui/marks/action-mark'
import { serviceName } from '@/lib/flow/tuple/services'
import { DeniedThenAllowedButton } from './denied-then-allowed-button'
import type { DeniedThenAllowedScan } from './denied-then-allowed-scan'
import { FIGURE_BOX } from './figure'

const LINK = 'hit rounded-sm underline underline-offset-3 hover:decoration-2'

/** Sources that were denied inbound and allowed later, highlighted: the newest with its port, rule and time. */
export function LetInTile({
  name,
  rows,
  total,
  more,
  stale,
  end,
  reach,
}: {
  name: string
  /** The newest first, never empty. */
  rows: readonly DeniedThenAllowedScan[]
  /** Number of all denied sources. */
  total: number
  /** True if there may be more. */
  more: boolean
  stale: boolean
  /** End of the range if they were allowed after it, epoch milliseconds. */
  end: number | null
  /** Link keys of the range shown, if it is not the link's own. */
  reach: Patch
}) {
  const view = useView()
  const { zone, href } = view
  const [newest] = rows
  const { allowed, source } = newest!
  return (
    <div role="status" className={classNames(FIGURE_BOX, 'relative justify-center bg-ink text-ground', stale && 'opacity-80')}>
      <h3 className="flex h-5 items-center gap-1.5 text-label font-semibold">
        <ActionMark action="deny" />
        <ArrowRight aria-hidden="true" size={12} />
        <ActionMark action="allow" />
        <Link
          href={href(reach, '/flips')}
          prefetch={false}
          title="Flows that were denied and then allowed, with the minute of the change"
          className={classNames(LINK, 'ml-0.5')}
        >
          {name}
        </Link>
        {end === null ? null : <span className="font-normal">{describeGap(Date.parse(allowed.first), end)}</span>}
      </h3>
      <div className="flex min-w-0 items-center gap-4">
        <p
          className="data text-[34px] leading-10 font-semibold"
          title={`${formatCount(rows.length)} of ${formatPlural(total, 'denied source')}`}
        >
          {formatCount(rows.length)}
          {more ? <span className="text-data">+</span> : null}
        </p>
        <div className="min-w-0 flex-1 text-label">
          <p className="sm:truncate">
            <Link
              href={href(reach, `/host/${source}`)}
              prefetch={false}
              className={classNames(LINK, 'data text-data font-semibold')}
              title={`All about ${source}`}
            >
              {source}
            </Link>{' '}
            on <span className="data">{allowed.dport}</span> {serviceName(allowed.dport)}
          </p>
          <p className="sm:truncate">
            <Whois address={source} loud />
          </p>
          <p className="sm:truncate" title={formatInstant(allowed.first, zone)}>
            by rule{' '}
            <Link
              href={ruleHref({ rule: allowed.rule, dir: 'in' }, view, reach)}
              prefetch={false}
              className={LINK}
              title={`Details of ${allowed.rule}`}
            >
              {decodeRule(allowed.rule).name}
            </Link>{' '}
            at{' '}
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
