'use client'

import { useRef } from 'react'
import { zoneName } from '@/components/parts/format/time'
import { useRowKeys } from '@/components/parts/keys/use-row-keys'
import { type SortColumn, SortHeads, type Sorting } from '@/components/parts/table/sort-head'
import { useOptions } from '@/components/parts/view/use-options'
import { useView } from '@/components/parts/view/use-view'
import type { ScansAnswer } from '@/lib/flow/answer/traffic/scans'
import type { ScanOrder } from '@/lib/flow/field/orders'
import type { ScanGroup, ScanThresholds } from '@/lib/flow/field/scan'
import { COLUMN } from './columns'
import { ScanRow } from './scan-row'

/** Denied sources: those also allowed first, then by attempts, until sorted otherwise. */
export function ScanTable({ data, group, thresholds }: { data: ScansAnswer; group: ScanGroup; thresholds: ScanThresholds }) {
  const { zone } = useView()
  const table = useRef<HTMLTableElement>(null)
  useRowKeys(table)
  const full = Math.max(0, ...data.rows.map(({ attempts }) => attempts))
  const name = zoneName(Date.parse(data.view.from), zone)
  const { options, patch } = useOptions('scans')
  const sorting: Sorting<ScanOrder> = { order: options.sort, patchTo: (next) => patch({ sort: next }) }
  const heads: readonly SortColumn<ScanOrder>[] = [
    [COLUMN.source, 'source', 'source and kind'],
    [COLUMN.allowed, 'allowed', 'allowed', 'allowed inbound traffic of the same source in this range, whatever the filter'],
    [
      COLUMN.bar,
      'attempts',
      <span key="bar" className="sr-only">
        attempts as a bar
      </span>,
    ],
    [COLUMN.attempts, 'attempts', 'attempts', 'denied inbound tuples'],
    [COLUMN.targets, 'targets', 'targets', 'distinct destinations'],
    [COLUMN.ports, 'ports', 'ports', 'distinct destination ports'],
    [COLUMN.top, 'ports', 'most tried', 'destination ports with the most attempts; sorts by ports'],
    [COLUMN.rate, 'rate', 'attempts/min', 'attempts per minute, from the first to the last'],
    [COLUMN.first, 'first', `first, ${name}`, 'in this range'],
    [
      COLUMN.last,
      'last',
      <span key="last">
        <span className="hidden @max-5xl:inline">first, </span>
        {`last, ${name}`}
      </span>,
      'in this range',
    ],
  ]
  return (
    <div className="@container overflow-x-auto">
      <table ref={table} className="w-full">
        <thead>
          <tr className="h-8 border-b border-line text-label text-muted">
            <SortHeads heads={heads} sorting={sorting} />
          </tr>
        </thead>
        <tbody>
          {data.rows.map((scan) => (
            <ScanRow key={scan.source} scan={scan} group={group} thresholds={thresholds} full={full} />
          ))}
        </tbody>
      </table>
    </div>
  )
}
