'use client'

import { ArrowDown, ArrowUp } from 'lucide-react'
import { zoneName } from '@/components/parts/format/time'
import { LIST_COLUMN } from '@/components/parts/rules/columns'
import { PatchLink } from '@/components/parts/view/patch-link'
import { useOptions } from '@/components/parts/view/use-options'
import { useView } from '@/components/parts/view/use-view'
import { classNames } from '@/components/ui/class-names'
import type { RuleOrder } from '@/lib/link/views/rules'

type Column = keyof typeof LIST_COLUMN

/** Names sort ascending, everything else by the most, or the newest. */
const ASCENDING: readonly RuleOrder[] = ['rule']

function HeadCell({ column, name, about, by }: { column: Column; name: string; about: string; by: RuleOrder }) {
  const { options, patch } = useOptions('rules')
  const { sort } = options
  const sorted = sort.column === by
  const descending = sorted ? !sort.descending : !ASCENDING.includes(by)
  const Sign = sort.descending ? ArrowDown : ArrowUp
  return (
    <th
      scope="col"
      aria-sort={sorted ? (sort.descending ? 'descending' : 'ascending') : 'none'}
      className={`${LIST_COLUMN[column]} font-sans font-normal`}
    >
      <PatchLink
        patch={patch({ sort: { column: by, descending } })}
        title={`${about}\nclick: sort`}
        className={classNames('inline-flex h-8 items-center gap-0.5 whitespace-nowrap hover:text-ink', sorted && 'font-medium text-ink')}
      >
        {name}
        {sorted ? <Sign aria-hidden="true" size={12} className="shrink-0 text-accent" /> : null}
      </PatchLink>
    </th>
  )
}

/** The column heads; a click sorts the rules of every section. Always visible. `from` is the start of the range. */
export function ListHead({ from }: { from: string }) {
  const { zone } = useView()
  const name = zoneName(Date.parse(from), zone)
  return (
    <thead className="sticky top-0 z-2 bg-surface shadow-[0_1px_0_var(--color-line)]">
      <tr className="h-8 text-label text-muted">
        <HeadCell column="rule" name="rule" about="short name, and name as logged" by="rule" />
        <HeadCell column="spark" name="hits over time" about="denied above, allowed below; sorts by tuples" by="tuples" />
        <HeadCell column="allow" name="allowed" about="allowed tuples" by="allow" />
        <HeadCell column="deny" name="denied" about="denied tuples" by="deny" />
        <HeadCell column="sources" name="sources" about="distinct sources" by="sources" />
        <HeadCell column="destinations" name="targets" about="distinct destinations" by="destinations" />
        <HeadCell column="ports" name="ports" about="distinct destination ports" by="ports" />
        <HeadCell column="first" name={`first hit, ${name}`} about="in this range" by="first" />
        <HeadCell column="last" name={`last hit, ${name}`} about="in this range" by="last" />
      </tr>
    </thead>
  )
}
