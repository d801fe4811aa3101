'use client'

import { Fragment } from 'react'
import { Marked } from '@/components/parts/baseline/marks'
import { formatCount, formatShare } from '@/components/parts/format/number'
import { zoneName } from '@/components/parts/format/time'
import { ariaSort, type Sorting, SortName } from '@/components/parts/table/sort-head'
import { useView } from '@/components/parts/view/use-view'
import { SplitBar } from '@/components/ui/marks/split-bar'
import type { TalkersAnswer } from '@/lib/flow/answer/traffic/talkers'
import { fieldOf, type KeyField } from '@/lib/flow/field/fields'
import type { Metric } from '@/lib/flow/field/metric'
import type { TalkerOrder } from '@/lib/flow/field/orders'
import { formatBytes } from '@/lib/flow/text/bytes'
import { type Grouping, groupingOf } from './by'
import { columnClass, type TalkerColumn } from './columns'
import { showMeasure } from './measure'
import { TalkerRow } from './talker-row'

type Name = readonly [order: TalkerOrder, name: string, about?: string]

function Head({
  by,
  metric,
  zone,
  paired,
  sorting,
}: {
  by: string
  metric: Metric
  zone: string
  paired: boolean
  sorting: Sorting<TalkerOrder>
}) {
  const { fields, grouping } = groupingOf(by)
  const heads: readonly (readonly [TalkerColumn, ...Name[]])[] = [
    ['key', ['key', fields.map((field) => fieldOf(field).label.toLowerCase()).join(' → '), grouping.about]],
    ['spark', ['tuples', 'D↑ A↓', 'tuples over the range: denied above the line, allowed below; sorts by tuples']],
    ['bar', ['allow', 'allowed', 'allowed tuples'], ['deny', 'denied', 'denied tuples']],
    ['measure', ['metric', metric]],
    ['denied', ['denied', 'denied', 'denied share of the tuples']],
    ['peers', ['peers', 'peers', 'distinct addresses at the other end']],
    ['ports', ['ports', 'ports', 'distinct destination ports']],
    ['bytes', ['bytes', 'bytes', 'both directions']],
    ...(paired
      ? [['interval', ['interval', 'interval', 'median time between new flows, ± its jitter; the most regular first']] as const]
      : []),
    ['seen', ['first', 'first', 'first in the range'], ['last', `last ${zone}`, 'last in the range']],
  ]
  return (
    <thead>
      <tr className="h-8 border-b border-line text-label text-muted">
        {heads.map(([column, ...names]) => (
          <th
            key={column}
            scope="col"
            aria-sort={ariaSort(sorting, ...names.map(([order]) => order))}
            className={`${columnClass(column, metric)} font-sans font-normal`}
          >
            {names.map(([order, name, about], i) => (
              <Fragment key={order}>
                {i > 0 ? ', ' : null}
                <SortName column={order} name={name} about={about} ascending={order === 'key' || order === 'interval'} sorting={sorting} />
              </Fragment>
            ))}
          </th>
        ))}
      </tr>
    </thead>
  )
}

/** Everything below the top of the list, as one row. */
function Rest({
  data,
  metric,
  grouping,
  full,
  paired,
}: {
  data: TalkersAnswer
  metric: Metric
  grouping: Grouping
  full: number
  paired: boolean
}) {
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
      {paired ? <td className={columnClass('interval', metric)} /> : null}
      <td className={columnClass('seen', metric)} />
    </tr>
  )
}

/** The top of the list, and the sum of the rest. */
export function TalkerTable({ data, sorting }: { data: TalkersAnswer; sorting: Sorting<TalkerOrder> }) {
  const { zone } = useView()
  const { fields, grouping } = groupingOf(data.by)
  const metric = data.metric as Metric
  const { rows, total, bucketMs = 1 } = data
  const full = Math.max(0, ...rows.map((row) => row[metric]))
  const from = Date.parse(data.view.from)
  const paired = rows.some(({ rhythm }) => rhythm !== undefined)
  return (
    <Marked by={fields as KeyField[]} keys={rows.map(({ key }) => [key].flat())}>
      <div className="@container overflow-x-auto">
        <table className="w-full">
          <Head by={data.by} metric={metric} zone={zoneName(from, zone)} paired={paired} sorting={sorting} />
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
                paired={paired}
              />
            ))}
          </tbody>
          {total > rows.length ? (
            <tfoot>
              <Rest data={data} metric={metric} grouping={grouping} full={full} paired={paired} />
            </tfoot>
          ) : null}
        </table>
      </div>
    </Marked>
  )
}
