'use client'

import { zoneName } from '@/components/parts/format/time'
import { LIST_COLUMN } from '@/components/parts/rules/columns'
import { type SortColumn, SortHeads, type Sorting } from '@/components/parts/table/sort-head'
import { useOptions } from '@/components/parts/view/use-options'
import { useView } from '@/components/parts/view/use-view'
import type { RuleOrder } from '@/lib/link/views/traffic/rules'

/** The column heads; a click sorts the rules of every section. Always visible. `from` is the start of the range. */
export function ListHead({ from }: { from: string }) {
  const { zone } = useView()
  const { options, patch } = useOptions('rules')
  const sorting: Sorting<RuleOrder> = { order: options.sort, patchTo: (next) => patch({ sort: next }) }
  const zoned = zoneName(Date.parse(from), zone)
  const heads: readonly SortColumn<RuleOrder>[] = [
    [LIST_COLUMN.rule, 'rule', 'rule', 'short name, and name as logged'],
    [LIST_COLUMN.spark, 'tuples', 'hits over time', 'denied above, allowed below; sorts by tuples'],
    [LIST_COLUMN.allow, 'allow', 'allowed', 'allowed tuples'],
    [LIST_COLUMN.deny, 'deny', 'denied', 'denied tuples'],
    [LIST_COLUMN.sources, 'sources', 'sources', 'distinct sources'],
    [LIST_COLUMN.destinations, 'destinations', 'targets', 'distinct destinations'],
    [LIST_COLUMN.ports, 'ports', 'ports', 'distinct destination ports'],
    [LIST_COLUMN.first, 'first', `first hit, ${zoned}`, 'in this range'],
    [LIST_COLUMN.last, 'last', `last hit, ${zoned}`, 'in this range'],
  ]
  return (
    <thead className="sticky top-0 z-2 bg-surface shadow-[0_1px_0_var(--color-line)]">
      <tr className="h-8 text-label text-muted">
        <SortHeads heads={heads} sorting={sorting} />
      </tr>
    </thead>
  )
}
