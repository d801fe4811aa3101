'use client'

import { Marked } from '@/components/parts/baseline/marks'
import { decodeRule } from '@/components/parts/format/rule'
import { zoneName } from '@/components/parts/format/time'
import { type SortColumn, SortHeads } from '@/components/parts/table/sort-head'
import { useOrdered } from '@/components/parts/table/use-ordered'
import { useView } from '@/components/parts/view/use-view'
import type { RulesAnswer } from '@/lib/flow/answer/traffic/rules'
import { COLUMN } from './columns'
import { RULE_KEY } from './rule-key'
import { RuleRow } from './rule-row'

type Row = RulesAnswer['rows'][number]
type RuleColumn = 'rule' | 'tuples' | 'allow' | 'deny' | 'sources' | 'ports' | 'last'

/** Every rule with hits, busiest first until sorted otherwise. */
export function RuleTable({ data }: { data: RulesAnswer }) {
  const { zone } = useView()
  const full = Math.max(...data.rows.map(({ tuples }) => tuples))
  const heads: readonly SortColumn<RuleColumn>[] = [
    [COLUMN.rule, 'rule', 'rule'],
    [COLUMN.bar, 'tuples', 'allowed, denied', 'sorts by tuples'],
    [COLUMN.allow, 'allow', 'allowed', 'allowed tuples'],
    [COLUMN.deny, 'deny', 'denied', 'denied tuples'],
    [COLUMN.sources, 'sources', 'sources', 'distinct sources'],
    [COLUMN.ports, 'ports', 'ports', 'distinct destination ports'],
    [COLUMN.last, 'last', `last hit, ${zoneName(Date.parse(data.view.from), zone)}`, 'in this range'],
  ]
  const { rows, sorting } = useOrdered<Row, RuleColumn>(data.rows, (row, column) =>
    column === 'rule' ? decodeRule(row.rule).name.toLowerCase() : row[column],
  )
  return (
    <div className="@container overflow-auto max-lg:max-h-120 lg:absolute lg:inset-0 print:static">
      <Marked by={RULE_KEY} keys={data.rows.map(({ rule, acl }) => [rule, acl])}>
        <table className="w-full">
          <thead className="sticky top-0 z-1 bg-surface shadow-[0_1px_0_var(--color-line)]">
            <tr className="h-8 text-label text-muted">
              <SortHeads heads={heads} sorting={sorting} />
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <RuleRow key={`${row.rule} ${row.acl} ${row.dir}`} row={row} full={full} zone={zone} />
            ))}
          </tbody>
        </table>
      </Marked>
    </div>
  )
}
