'use client'

import { ruleTerms } from '@/components/pages/rules/rule-terms'
import type { RuleName } from '@/components/pages/rules/use-open-rule'
import { DoubledBytes } from '@/components/parts/counters/doubled-bytes'
import { formatCount } from '@/components/parts/format/number'
import { formatInstant } from '@/components/parts/format/time'
import { FigureLink } from '@/components/parts/view/figure-link'
import { useView } from '@/components/parts/view/use-view'
import { DrawerSection } from '@/components/ui/drawer-section'
import { ActionMark } from '@/components/ui/marks/action-mark'
import { formatBytes } from '@/lib/flow/text/bytes'
import type { Action, Direction } from '@/lib/flow/tuple/tuple'
import type { RuleSide } from './cover-text'
import { DetailsCover } from './details-cover'
import { DetailsEnds, DetailsPorts } from './details-list'

const TITLES: Readonly<Record<Action, Record<Direction, string>>> = {
  allow: { in: 'Inbound allowed', out: 'Outbound allowed' },
  deny: { in: 'Inbound denied', out: 'Outbound denied' },
}
const SINCE = { allow: 'Allowed since', deny: 'Denied since' } as const

/** Traffic that a rule allowed, or denied: totals, times, sources, destinations and ports. */
export function DetailsSide({ name, action, side }: { name: RuleName; action: Action; side: RuleSide }) {
  const { zone } = useView()
  const filter = ruleTerms(name, action)
  const facts: readonly (readonly [string, string])[] = [
    ['Last', formatInstant(side.last, zone)],
    ['Tuples', formatCount(side.tuples)],
    ['New flows', formatCount(side.flows)],
    ['Bytes', side.bytes === 0 ? 'none measured' : formatBytes(side.bytes)],
  ]
  return (
    <>
      <DrawerSection
        title={TITLES[action][name.dir]}
        actions={
          <FigureLink filter={filter} title="All of it, in the explorer" className="font-sans text-label text-muted">
            show tuples
          </FigureLink>
        }
      >
        <dl className="grid grid-cols-[auto_1fr] gap-x-4 *:py-0.5">
          <dt className="flex gap-1.5 text-muted">
            <ActionMark action={action} />
            {SINCE[action]}
          </dt>
          <dd>
            <FigureLink filter={filter} sort="time" title="The first tuples, in the explorer" className="font-semibold">
              {formatInstant(side.first, zone)}
            </FigureLink>
            <span className="block text-label text-faint">the first in this range</span>
          </dd>
          {facts.map(([fact, value]) => (
            <div key={fact} className="contents *:py-0.5">
              <dt className="text-muted">{fact}</dt>
              <dd className="data">{value}</dd>
            </div>
          ))}
        </dl>
        <DoubledBytes term={filter} />
      </DrawerSection>
      {action === 'allow' ? <DetailsCover side={side} /> : null}
      <DetailsEnds title="Sources" field="src" end={side.sources} />
      <DetailsEnds title="Destinations" field="dst" end={side.destinations} />
      <DetailsPorts ports={side.ports} />
    </>
  )
}
