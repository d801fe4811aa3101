'use client'

import Link from 'next/link'
import { useLogNames } from '@/components/explorer/use-log-names'
import { formatBytes, formatCount } from '@/components/format/number'
import { formatClock, formatInstant, formatMoment, type Zone } from '@/components/format/time'
import { rangePatch } from '@/components/time-range/range-math'
import { Value } from '@/components/value/value'
import { useView } from '@/components/view/use-view'
import { HOUR } from '@/lib/flow/bucket'
import { type Cell, STATES } from './cell-state'
import { lanesOf } from './lanes'

function about(cell: Cell, zone: Zone): string {
  const lines = [formatInstant(cell.hour, zone), `${cell.state}: ${STATES[cell.state].about}`]
  if (cell.tuples > 0) lines.push(`${formatCount(cell.tuples)} tuples`)
  if (cell.bytes > 0) lines.push(formatBytes(cell.bytes))
  if (cell.blob) lines.push(cell.blob)
  return lines.join('\n')
}

function CellMark({ cell, zone }: { cell: Cell | undefined; zone: Zone }) {
  const { href } = useView()
  if (!cell) return null
  const { sign, look } = STATES[cell.state]
  const start = Date.parse(cell.hour)
  return (
    <Link
      href={href(rangePatch({ from: start, to: start + HOUR }), '/')}
      prefetch={false}
      title={about(cell, zone)}
      aria-label={about(cell, zone).replaceAll('\n', ', ')}
      className={`data flex h-7 min-w-7 items-center justify-center rounded-sm text-label font-semibold ${look}`}
    >
      {sign}
    </Link>
  )
}

function dayOf(hour: string, zone: Zone): string {
  return formatMoment(hour, zone).replace(/ \d\d:\d\d$/, '')
}

/** Hour by log and network card. A cell leads to the overview of its hour. */
export function Grid({ cells }: { cells: readonly Cell[] }) {
  const { zone } = useView()
  const names = useLogNames()
  const { hours, lanes } = lanesOf(cells)
  const sparse = hours.length > 36 ? 6 : hours.length > 16 ? 3 : 2
  return (
    <div className="overflow-x-auto p-3">
      <table className="border-separate border-spacing-0.5">
        <thead>
          <tr className="text-label text-faint">
            <th scope="col" className="sticky left-0 z-1 bg-surface pr-3 text-left font-normal">
              flow log, network card
            </th>
            {hours.map((hour, i) => (
              <th key={hour} scope="col" className="data h-9 min-w-7 align-bottom font-normal">
                {i % sparse === 0 ? (
                  <span className="block w-7 overflow-visible text-left whitespace-nowrap">
                    {i === 0 || dayOf(hour, zone) !== dayOf(hours[i - sparse]!, zone) ? (
                      <span className="block">{dayOf(hour, zone)}</span>
                    ) : null}
                    {formatClock(hour, zone).slice(0, 5)}
                  </span>
                ) : (
                  <span className="sr-only">{formatInstant(hour, zone)}</span>
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lanes.map((lane) => (
            <tr key={`${lane.log} ${lane.mac}`}>
              <th scope="row" className="sticky left-0 z-1 bg-surface pr-3 text-left font-normal whitespace-nowrap">
                <Value field="log" value={lane.log} title={lane.log}>
                  {names.get(lane.log) ?? lane.log}
                </Value>
                {lane.mac ? (
                  <>
                    {' '}
                    <Value field="mac" value={lane.mac} className="text-muted" />
                  </>
                ) : null}
              </th>
              {lane.cells.map((cell, i) => (
                <td key={hours[i]} className="p-0">
                  <CellMark cell={cell} zone={zone} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
