'use client'

import type { MouseEvent } from 'react'
import { compactCount, formatCount, formatPlural } from '@/components/parts/format/number'
import { aclName, decodeRule } from '@/components/parts/format/rule'
import { formatInstant, formatMoment } from '@/components/parts/format/time'
import { SparkHoles } from '@/components/parts/holes/spark-holes'
import { LIST_COLUMN } from '@/components/parts/rules/columns'
import { FigureLink } from '@/components/parts/view/figure-link'
import { PatchLink } from '@/components/parts/view/patch-link'
import { useView } from '@/components/parts/view/use-view'
import { classNames } from '@/components/ui/class-names'
import { Badge } from '@/components/ui/marks/badge'
import { DirectionMark } from '@/components/ui/marks/direction-mark'
import { SplitSpark } from '@/components/ui/marks/split-spark'
import type { Action } from '@/lib/flow/tuple'
import { ruleTerms } from './rule-terms'
import type { Rule } from './sections'
import { sameRule, useOpenRule } from './use-open-rule'

const LOOKS = { allow: 'text-allow decoration-transparent', deny: 'text-deny decoration-transparent' } as const
const WORDS = { allow: 'allowed', deny: 'denied' } as const

/** The number of tuples that a rule allowed or denied, as a link to them. */
function Decided({ row, action }: { row: Rule; action: Action }) {
  if (row[action] === 0) return <span className="text-faint">0</span>
  return (
    <FigureLink
      filter={ruleTerms(row, action)}
      title={`${formatPlural(row[action], `${WORDS[action]} tuple`)}, in the explorer`}
      className={LOOKS[action]}
    >
      {compactCount(row[action])}
    </FigureLink>
  )
}

function Moment({ time }: { time: string }) {
  const { zone } = useView()
  return (
    <time dateTime={time} title={formatInstant(time, zone)}>
      {formatMoment(time, zone)}
    </time>
  )
}

/** One rule with its hits. A click beside its links opens its details. */
export function ListRow({ row }: { row: Rule }) {
  const { go } = useView()
  const { open, patchTo } = useOpenRule()
  const isOpen = sameRule(open, row)
  const { name } = decodeRule(row.rule)
  const target = patchTo(row)
  function click(event: MouseEvent) {
    if (event.target instanceof Element && event.target.closest('a')) return
    if (window.getSelection()?.isCollapsed === false) return
    go(target)
  }
  const hits = `${formatPlural(row.deny, 'denied tuple')}, ${formatPlural(row.allow, 'allowed tuple')}`
  return (
    <tr
      onClick={click}
      className={classNames(
        'h-10.5 cursor-default border-t border-line/60',
        isOpen ? 'bg-accent-soft shadow-[inset_3px_0_0_var(--color-accent)]' : 'hover:bg-hover',
      )}
    >
      <th scope="row" className={LIST_COLUMN.rule}>
        <span className="flex items-center gap-1.5">
          <PatchLink
            patch={target}
            aria-current={isOpen}
            title={`Details of ${name} of ${aclName(row.acl)}`}
            className="data -my-1 truncate rounded-sm py-1 underline decoration-line-strong underline-offset-3 hover:text-accent hover:decoration-current"
          >
            {name}
          </PatchLink>
          <Badge>{row.kind}</Badge>
        </span>
        <span className="flex items-center gap-1.5 text-label text-faint">
          <DirectionMark dir={row.dir} />
          {name === row.rule ? null : <span className="data truncate">{row.rule}</span>}
        </span>
      </th>
      <td className={LIST_COLUMN.spark}>
        {row.spark ? (
          <div className="relative">
            <SplitSpark {...row.spark} label={hits} />
            <SparkHoles bars={row.spark.allow.length} />
          </div>
        ) : null}
      </td>
      <td className={LIST_COLUMN.allow}>
        <Decided row={row} action="allow" />
      </td>
      <td className={LIST_COLUMN.deny}>
        <Decided row={row} action="deny" />
      </td>
      <td className={LIST_COLUMN.sources}>{formatCount(row.sources)}</td>
      <td className={LIST_COLUMN.destinations}>{formatCount(row.destinations)}</td>
      <td className={LIST_COLUMN.ports}>{formatCount(row.ports)}</td>
      <td className={LIST_COLUMN.first}>
        <Moment time={row.first} />
      </td>
      <td className={LIST_COLUMN.last}>
        <Moment time={row.last} />
      </td>
    </tr>
  )
}
