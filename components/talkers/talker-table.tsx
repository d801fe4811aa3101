'use client'

import { formatBytes, formatCount, formatShare } from '@/components/format/number'
import { zoneName } from '@/components/format/time'
import { SplitBar } from '@/components/ui/split-bar'
import { useView } from '@/components/view/use-view'
import type { TalkersAnswer } from '@/lib/flow/answers'
import type { FilterField, Metric } from '@/lib/flow/fields'
import type { Grouping } from './by'
import { type Column, columnClass } from './columns'
import { showMeasure } from './measure'
import { TalkerRow } from './talker-row'

function Head({ grouping, metric, zone }: { grouping: Grouping; metric: Metric; zone: string }) {
  const heads: readonly [Column, string, string?][] = [
    ['key', grouping.label],
    ['bar', 'allowed, denied', 'the share of each among the tuples'],
    ['measure', metric],
    ['denied', 'denied', 'denied share of the tuples'],
    ['peers', 'peers', 'distinct addresses at the other end'],
    ['ports', 'ports', 'distinct destination ports'],
    ['bytes', 'bytes', 'both directions'],
    ['first', `first, ${zone}`],
    ['last', `last, ${zone}`],
  ]
  return (
    <thead>
      <tr className="h-8 border-b border-line text-label text-muted">
        {heads.map(([column, name, about]) => (
          <th key={column} scope="col" title={about} className={`${columnClass(column, metric)} font-sans font-normal`}>
            {name}
          </th>
        ))}
      </tr>
    </thead>
  )
}

/** The top of the list, and everything below it as one row. */
export function TalkerTable({
  data,
  by,
  metric,
  grouping,
}: {
  data: TalkersAnswer
  by: readonly FilterField[]
  metric: Metric
  grouping: Grouping
}) {
  const { zone } = useView()
  const { rows, other, total } = data
  const rest = total - rows.length
  const otherMeasure = metric === 'peers' ? null : other[metric]
  const full = Math.max(0, ...rows.map((row) => row[metric]))
  return (
    <div className="@container overflow-x-auto">
      <table className="w-full">
        <Head grouping={grouping} metric={metric} zone={zoneName(Date.parse(data.view.from), zone)} />
        <tbody>
          {rows.map((row) => (
            <TalkerRow key={String(row.key)} talker={row} by={by} metric={metric} full={full} zone={zone} />
          ))}
        </tbody>
        {rest > 0 ? (
          <tfoot>
            <tr className="h-8.5 border-t border-line text-muted">
              <th scope="row" className={columnClass('key', metric)}>
                {formatCount(rest)} other {rest === 1 ? grouping.one : grouping.many}
              </th>
              <td className={columnClass('bar', metric)}>
                {otherMeasure === null || otherMeasure > full ? null : (
                  <SplitBar
                    allow={other.allow}
                    deny={other.deny}
                    full={((other.allow + other.deny) * full) / Math.max(otherMeasure, 1e-9)}
                    label={`${formatCount(other.allow)} allowed, ${formatCount(other.deny)} denied tuples`}
                  />
                )}
              </td>
              <td className={columnClass('measure', metric)}>{otherMeasure === null ? '–' : showMeasure(otherMeasure, metric).short}</td>
              <td className={columnClass('denied', metric)}>{formatShare(other.deny, other.allow + other.deny)}</td>
              <td className={columnClass('peers', metric)} />
              <td className={columnClass('ports', metric)} />
              <td className={columnClass('bytes', metric)}>{formatBytes(other.bytes)}</td>
              <td className={columnClass('first', metric)} />
              <td className={columnClass('last', metric)} />
            </tr>
          </tfoot>
        ) : null}
      </table>
    </div>
  )
}
