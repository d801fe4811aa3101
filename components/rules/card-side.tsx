'use client'

import { formatBytes, formatCount } from '@/components/format/number'
import { formatInstant } from '@/components/format/time'
import { FigureLink } from '@/components/host/figure-link'
import { ActionMark } from '@/components/ui/action-mark'
import { DrawerSection } from '@/components/ui/drawer-section'
import { useView } from '@/components/view/use-view'
import type { Action, Direction } from '@/lib/flow/tuple'
import { CardCover } from './card-cover'
import { CardEnds, CardPorts } from './card-list'
import type { RuleSide } from './cover-text'
import { ruleTerms } from './rule-terms'
import type { RuleName } from './use-card'

const TITLES: Readonly<Record<Action, Record<Direction, string>>> = {
  allow: { in: 'What it let in', out: 'What it let out' },
  deny: { in: 'What it kept out', out: 'What it kept in' },
}
const SINCE: typeof TITLES = {
  allow: { in: 'Let in since', out: 'Let out since' },
  deny: { in: 'Denied since', out: 'Denied since' },
}

/** What a rule allowed, or denied: how much, since when, from where, to where and on which ports. */
export function CardSide({ name, action, side }: { name: RuleName; action: Action; side: RuleSide }) {
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
            its tuples
          </FigureLink>
        }
      >
        <dl className="grid grid-cols-[auto_1fr] gap-x-4 *:py-0.5">
          <dt className="flex gap-1.5 text-muted">
            <ActionMark action={action} />
            {SINCE[action][name.dir]}
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
      </DrawerSection>
      {action === 'allow' ? <CardCover side={side} /> : null}
      <CardEnds title="From where" field="src" end={side.sources} />
      <CardEnds title="To where" field="dst" end={side.destinations} />
      <CardPorts ports={side.ports} />
    </>
  )
}
