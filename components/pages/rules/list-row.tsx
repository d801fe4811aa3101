import { formatCount, formatPlural } from '@/components/parts/format/number'
import { decodeRule } from '@/components/parts/format/rule'
import { SparkHoles } from '@/components/parts/holes/spark-holes'
import { LIST_COLUMN } from '@/components/parts/rules/columns'
import { SplitSpark } from '@/components/ui/marks/split-spark'
import { Decided, Moment, RuleRow } from './rule-row'
import type { Rule } from './sections'

/** One rule of a list with its hits over time. */
export function ListRow({ row }: { row: Rule }) {
  const hits = `${formatPlural(row.deny, 'denied tuple')}, ${formatPlural(row.allow, 'allowed tuple')}`
  const isDecoded = decodeRule(row.rule).name !== row.rule
  return (
    <RuleRow
      row={row}
      head={LIST_COLUMN.rule}
      below={isDecoded ? <span className="data truncate max-sm:text-wrap max-sm:wrap-anywhere">{row.rule}</span> : null}
    >
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
    </RuleRow>
  )
}
