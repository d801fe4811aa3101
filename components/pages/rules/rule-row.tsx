'use client'

import type { MouseEvent, ReactNode } from 'react'
import { RowMark } from '@/components/parts/baseline/marks'
import { compactCount, formatPlural } from '@/components/parts/format/number'
import { aclName } from '@/components/parts/format/resource'
import { decodeRule } from '@/components/parts/format/rule'
import { formatInstant, formatSecond } from '@/components/parts/format/time'
import { FigureLink } from '@/components/parts/view/figure-link'
import { PatchLink } from '@/components/parts/view/patch-link'
import { useView } from '@/components/parts/view/use-view'
import { classNames } from '@/components/ui/class-names'
import { Badge } from '@/components/ui/marks/badge'
import { DirectionMark } from '@/components/ui/marks/direction-mark'
import type { Action } from '@/lib/flow/tuple/tuple'
import { ruleTerms } from './rule-terms'
import type { Rule } from './sections'
import { sameRule, useOpenRule } from './use-open-rule'

const LOOKS = { allow: 'text-allow decoration-transparent', deny: 'text-deny decoration-transparent' } as const
const WORDS = { allow: 'allowed', deny: 'denied' } as const

/** The number of tuples that a rule allowed or denied, as a link to them. */
export function Decided({ row, action }: { row: Rule; action: Action }) {
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

export function Moment({ time }: { time: string }) {
  const { zone } = useView()
  return (
    <time dateTime={time} title={formatInstant(time, zone)}>
      {formatSecond(time, zone)}
    </time>
  )
}

/** One rule: its name, the content below it, and figures in cells. A click beside its links opens its details. */
export function RuleRow({ row, head, below, children }: { row: Rule; head: string; below: ReactNode; children: ReactNode }) {
  const { go } = useView()
  const { open, patchTo } = useOpenRule()
  const isOpen = sameRule(open, row)
  const { name } = decodeRule(row.rule)
  const target = patchTo(row)
  function click(event: MouseEvent) {
    if (event.target instanceof Element && event.target.closest('a, button')) return
    if (window.getSelection()?.isCollapsed === false) return
    go(target)
  }
  return (
    <tr
      onClick={click}
      className={classNames(
        'h-10.5 cursor-default border-t border-line/60',
        isOpen ? 'bg-accent-soft shadow-[inset_3px_0_0_var(--color-accent)]' : 'hover:bg-hover',
      )}
    >
      <th scope="row" className={classNames(head, 'print:[&_a]:wrap-anywhere!')}>
        <span className="flex items-center gap-x-1.5 max-sm:flex-wrap print:flex-wrap">
          <PatchLink
            patch={target}
            aria-current={isOpen}
            title={`Details of ${name} of ${aclName(row.acl)}`}
            className="data hit truncate rounded-sm underline max-sm:text-wrap max-sm:wrap-anywhere decoration-line-strong underline-offset-3 hover:text-accent hover:decoration-current"
          >
            {name}
          </PatchLink>
          <Badge>{row.kind}</Badge>
          <RowMark of={[row.rule, row.acl]} />
        </span>
        <span className="flex items-center gap-1.5 text-label text-faint">
          <DirectionMark dir={row.dir} />
          {below}
        </span>
      </th>
      {children}
    </tr>
  )
}
