'use client'

import { formatBytes, formatCount, formatShare } from '@/components/parts/format/number'
import { zoneName } from '@/components/parts/format/time'
import { useView } from '@/components/parts/view/use-view'
import { SplitBar } from '@/components/ui/marks/split-bar'
import type { TalkersAnswer } from '@/lib/flow/answer/talkers'
import { fieldOf, type Metric } from '@/lib/flow/fields'
import { type Grouping, groupingOf } from './by'
import { type Column, columnClass } from './columns'
import { showMeasure } from './measure'
import { TalkerRow } from './talker-row'

function Head({ by, metric, zone }: { by: string; metric: Metric; zone: string }) {
  const { fields, grouping } = groupingOf(by)
  const heads: readonly [Column, string, string?][] = [
    ['key', fields.map((field) => fieldOf(field).label.toLowerCase()).join(' → '), grouping.about],
    ['spark', 'D↑ A↓', 'tuples over the range: denied above the line, allowed below'],
    ['bar', 'allowed, denied', 'the share of each among the tuples'],
    ['measure', metric],
    ['denied', 'denied', 'denied share of the tuples'],
    ['peers', 'peers', 'distinct addresses at the other end'],
    ['ports', 'ports', 'distinct destination ports'],
    ['bytes', 'bytes', 'both directions'],
    ['seen', `first, last ${zone}`, 'when it was first and last seen in the range'],
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

/** Everything below the top of the list, as one row. */
function Rest({ data, metric, grouping, full }: { data: TalkersAnswer; metric: Metric; grouping: Grouping; full: number }) {
  const { rows, other, total } = data
  const rest = total - rows.length
  const measure = metric === 'peers' ? null : other[metric]
  const split = `${formatCount(other.allow)} allowed, ${formatCount(other.deny)} denied tuples`
  return (
    <tr className="h-8.5 border-t border-line text-muted">
      <th scope="row" className={columnClass('key', metric)}>
        {formatCount(rest)} other {rest === 1 ? grouping.one : grouping.many}
      </th>
      <td className={columnClass('spark', metric)} />
      <td className={columnClass('bar', metric)}>
        {measure === null || measure > full ? null : (
          <SplitBar
            allow={other.allow}
            deny={other.deny}
            full={((other.allow + other.deny) * full) / Math.max(measure, 1e-9)}
            label={split}
          />
        )}
      </td>
      <td
        className={columnClass('measure', metric)}
        title={measure === null ? 'peers of several talkers cannot be added up' : `${showMeasure(measure, metric).exact}\n${split}`}
      >
        {measure === null ? '–' : showMeasure(measure, metric).short}
      </td>
      <td className={columnClass('denied', metric)} title={split}>
        {formatShare(other.deny, other.allow + other.deny)}
      </td>
      <td className={columnClass('peers', metric)} />
      <td className={columnClass('ports', metric)} />
      <td className={columnClass('bytes', metric)}>{formatBytes(other.bytes)}</td>
      <td className={columnClass('seen', metric)} />
    </tr>
  )
}

/** The top of the list, and the sum of the rest. */
export function TalkerTable({ data }: { data: TalkersAnswer }) {
  const { zone } = useView()
  const { fields, grouping } = groupingOf(data.by)
  const metric = data.metric as Metric
  const { rows, total, bucketMs = 1 } = data
  const full = Math.max(0, ...rows.map((row) => row[metric]))
  const from = Date.parse(data.view.from)
  return (
    <div className="@container overflow-x-auto">
      <table className="w-full">
        <Head by={data.by} metric={metric} zone={zoneName(from, zone)} />
        <tbody>
          {rows.map((row) => (
            <TalkerRow
              key={String(row.key)}
              talker={row}
              by={fields}
              metric={metric}
              full={full}
              from={from}
              width={bucketMs}
              zone={zone}
            />
          ))}
        </tbody>
        {total > rows.length ? (
          <tfoot>
            <Rest data={data} metric={metric} grouping={grouping} full={full} />
          </tfoot>
        ) : null}
      </table>
    </div>
  )
}
