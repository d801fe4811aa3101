'use client'

import { RowMark } from '@/components/parts/baseline/marks'
import { compactCount, formatCount } from '@/components/parts/format/number'
import { formatInstant, formatSecond, type Zone } from '@/components/parts/format/time'
import { Value } from '@/components/parts/value/value'
import { Badge } from '@/components/ui/marks/badge'
import { DirectionMark } from '@/components/ui/marks/direction-mark'
import { SplitBar } from '@/components/ui/marks/split-bar'
import type { RulesAnswer } from '@/lib/flow/answer/traffic/rules'
import { COLUMN } from './columns'

/** One rule of one ACL in one direction. */
export function RuleRow({ row, full, zone }: { row: RulesAnswer['rows'][number]; full: number; zone: Zone }) {
  const split = `${formatCount(row.allow)} allowed, ${formatCount(row.deny)} denied tuples`
  return (
    <tr className="h-10.5 border-b border-line/60 last:border-0 hover:bg-hover">
      <th scope="row" className={COLUMN.rule}>
        <Value field="rule" value={row.rule} title={row.rule} className="max-sm:text-wrap max-sm:wrap-anywhere print:wrap-anywhere!" />
        <span className="flex min-w-0 items-center gap-x-1.5 text-label text-faint max-sm:flex-wrap print:flex-wrap">
          <DirectionMark dir={row.dir} />
          <Value field="acl" value={row.acl} title={row.acl} />
          {/* Not beside the name, which has no room to lose. */}
          <Badge>{row.kind}</Badge>
          <RowMark of={[row.rule, row.acl]} />
        </span>
      </th>
      <td className={COLUMN.bar}>
        <SplitBar allow={row.allow} deny={row.deny} full={full} label={split} />
      </td>
      <td className={`${COLUMN.allow} ${row.allow > 0 ? 'text-allow' : 'text-faint'}`} title={formatCount(row.allow)}>
        {compactCount(row.allow)}
      </td>
      <td className={`${COLUMN.deny} ${row.deny > 0 ? 'text-deny' : 'text-faint'}`} title={formatCount(row.deny)}>
        {compactCount(row.deny)}
      </td>
      <td className={COLUMN.sources}>{formatCount(row.sources)}</td>
      <td className={COLUMN.ports}>{formatCount(row.ports)}</td>
      <td className={COLUMN.last} title={formatInstant(row.last, zone)}>
        {formatSecond(row.last, zone)}
      </td>
    </tr>
  )
}
