'use client'

import { useRef } from 'react'
import { zoneName } from '@/components/parts/format/time'
import { useRowKeys } from '@/components/parts/keys/use-row-keys'
import { useView } from '@/components/parts/view/use-view'
import type { ScansAnswer } from '@/lib/flow/answer/scans'
import type { ScanGroup, ScanThresholds } from '@/lib/flow/scan'
import { COLUMN } from './columns'
import { ScanRow } from './scan-row'

/** Denied sources: those also allowed first, then by attempts. */
export function ScanTable({ data, group, thresholds }: { data: ScansAnswer; group: ScanGroup; thresholds: ScanThresholds }) {
  const { zone } = useView()
  const table = useRef<HTMLTableElement>(null)
  useRowKeys(table)
  const full = Math.max(0, ...data.rows.map(({ attempts }) => attempts))
  const name = zoneName(Date.parse(data.view.from), zone)
  const heads: readonly [keyof typeof COLUMN, string, string?][] = [
    ['source', 'source and kind'],
    ['allowed', 'allowed', 'allowed inbound traffic of the same source in this range, whatever the filter'],
    ['bar', ''],
    ['attempts', 'attempts', 'denied inbound tuples'],
    ['targets', 'targets', 'distinct destinations'],
    ['ports', 'ports', 'distinct destination ports'],
    ['top', 'most tried', 'destination ports with the most attempts'],
    ['rate', 'attempts/min', 'attempts per minute, from the first to the last'],
    ['first', `first, ${name}`],
    ['last', `last, ${name}`],
  ]
  return (
    <div className="@container overflow-x-auto">
      <table ref={table} className="w-full">
        <thead>
          <tr className="h-8 border-b border-line text-label text-muted">
            {heads.map(([column, head, about]) => (
              <th key={column} scope="col" title={about} className={`${COLUMN[column]} font-sans font-normal`}>
                {head === '' ? <span className="sr-only">attempts as a bar</span> : head}
              </th>
            ))}
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
