'use client'

import { Check } from 'lucide-react'
import Link from 'next/link'
import { formatPlural } from '@/components/parts/format/number'
import { describeReach } from '@/components/parts/later/later-text'
import { useLater } from '@/components/parts/later/use-later'
import { rangePatch } from '@/components/parts/time-range/range-math'
import { useView } from '@/components/parts/view/use-view'
import { classNames } from '@/components/ui/class-names'
import type { ScansAnswer } from '@/lib/flow/answer/traffic/scans'
import { type DeniedThenAllowedScan, hasAllDeniedThenAllowed, isDeniedThenAllowed } from './denied-then-allowed-scan'
import { Figure } from './figure'
import { LetInTile } from './let-in-tile'

const LINK = 'hit inline-flex items-center gap-1 rounded-sm underline-offset-3 hover:text-accent hover:underline'

/** Sources that were denied in [from, end) and allowed after it, the newest first. */
function allowedAfter({ rows }: ScansAnswer, end: number): DeniedThenAllowedScan[] {
  return rows
    .filter(isDeniedThenAllowed)
    .filter(({ first, allowed }) => Date.parse(first) < end && Date.parse(allowed.first) >= end)
    .sort((a, b) => Date.parse(b.allowed.first) - Date.parse(a.allowed.first))
}

/** A zero for a range that holds data. The time after the range is checked too; only if everything is known is there a tick. */
export function CalmFigure({ name, data, limit, stale }: { name: string; data: ScansAnswer; limit: string; stale: boolean }) {
  const { href, zone } = useView()
  const end = Date.parse(data.view.to)
  const { state, until, data: later } = useLater('scans', data.view, { limit })
  const rows = later ? allowedAfter(later, end) : []
  if (later && rows.length > 0) {
    const reach = rangePatch({ from: Date.parse(data.view.from), to: Date.parse(later.view.to) })
    return (
      <LetInTile name={name} rows={rows} total={data.total} more={!hasAllDeniedThenAllowed(later)} stale={stale} end={end} reach={reach} />
    )
  }
  const { complete } = data.coverage
  const known = complete && (state === 'none' || state === 'here')
  const none = data.total === 0 ? 'no inbound denials in this view' : `none of ${formatPlural(data.total, 'denied source')} allowed later`
  const text = complete ? `${none}${data.total === 0 ? '' : describeReach(state, until, zone)}` : 'none found, but some data is missing'
  const about = (
    <Link
      href={href({}, complete ? '/flips' : '/coverage')}
      prefetch={false}
      title={text}
      className={classNames(LINK, !complete && 'text-caution')}
    >
      {known ? <Check aria-hidden="true" size={12} className="shrink-0" /> : null}
      <span className="whitespace-normal">{text}</span>
    </Link>
  )
  return <Figure name={name} value="0" exact="no source" about={about} stale={stale} />
}
