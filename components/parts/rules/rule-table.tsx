'use client'

import { zoneName } from '@/components/parts/format/time'
import { useView } from '@/components/parts/view/use-view'
import type { RulesAnswer } from '@/lib/flow/answer/rules'
import { COLUMN } from './columns'
import { RuleRow } from './rule-row'

/** Every rule with hits, busiest first, as the server sorts them. */
export function RuleTable({ data }: { data: RulesAnswer }) {
  const { zone } = useView()
  const full = Math.max(...data.rows.map(({ tuples }) => tuples))
  const heads: readonly [keyof typeof COLUMN, string, string?][] = [
    ['rule', 'rule'],
    ['bar', 'allowed, denied'],
    ['allow', 'allowed', 'allowed tuples'],
    ['deny', 'denied', 'denied tuples'],
    ['sources', 'sources', 'distinct sources'],
    ['ports', 'ports', 'distinct destination ports'],
    ['last', `last hit, ${zoneName(Date.parse(data.view.from), zone)}`],
  ]
  return (
    <div className="@container overflow-auto max-lg:max-h-120 lg:absolute lg:inset-0">
      <table className="w-full">
        <thead className="sticky top-0 z-1 bg-surface shadow-[0_1px_0_var(--color-line)]">
          <tr className="h-8 text-label text-muted">
            {heads.map(([column, name, about]) => (
              <th key={column} scope="col" title={about} className={`${COLUMN[column]} font-sans font-normal`}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {data.rows.map((row) => (
            <RuleRow key={`${row.rule} ${row.acl} ${row.dir}`} row={row} full={full} zone={zone} />
          ))}
        </tbody>
      </table>
    </div>
  )
}
