'use client'

import { useId } from 'react'
import { compactCount, formatCount, formatPlural } from '@/components/parts/format/number'
import { LIST_COLUMN } from '@/components/parts/rules/columns'
import { Value } from '@/components/parts/value/value'
import { ActionMark } from '@/components/ui/marks/action-mark'
import type { Action } from '@/lib/flow/tuple/tuple'
import { ListRow } from './list-row'
import type { RuleSection } from './sections'

/** The rules of one ACL in one flow log, under its name. */
export function ListSection({ section, logName }: { section: RuleSection; logName: string }) {
  const id = useId()
  return (
    <tbody aria-labelledby={id}>
      <tr className="h-10 break-after-avoid border-t border-line bg-sunken/60">
        <th id={id} scope="rowgroup" colSpan={Object.keys(LIST_COLUMN).length} className="px-3 text-left font-normal">
          <span className="flex flex-wrap items-center gap-x-2 gap-y-0.5">
            <Value field="acl" value={section.acl} title={section.acl} className="font-semibold" />
            <span className="text-label text-muted">
              in{' '}
              <Value field="log" value={section.log} title={section.log}>
                {logName}
              </Value>
              <span className="mx-1.5">·</span>
              {formatPlural(section.rows.length, 'rule')}
            </span>
            <span className="ml-auto flex items-center gap-3 text-label text-muted">
              {(['allow', 'deny'] as const satisfies readonly Action[]).map((action) => (
                <span key={action} className="flex items-center gap-1.5" title={`${formatCount(section[action])} tuples`}>
                  <ActionMark action={action} />
                  <span className="data text-ink">{compactCount(section[action])}</span>
                </span>
              ))}
            </span>
          </span>
        </th>
      </tr>
      {section.rows.map((row) => (
        <ListRow key={`${row.rule} ${row.dir}`} row={row} />
      ))}
    </tbody>
  )
}
