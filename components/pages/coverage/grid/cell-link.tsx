'use client'

import { memo } from 'react'
import { formatCount, formatPlural } from '@/components/parts/format/number'
import { formatRange, type Zone } from '@/components/parts/format/time'
import { rangePatch } from '@/components/parts/time-range/range-math'
import { terms } from '@/components/parts/value/address-terms'
import { both } from '@/components/parts/view/both'
import { useView } from '@/components/parts/view/use-view'
import { classNames } from '@/components/ui/class-names'
import type { Standing } from '@/lib/flow/reading/hole'
import { HOUR } from '@/lib/flow/time/bucket'
import { LOOKS, lookOf } from './cell-state'
import type { GridRow, Summary } from './rows'

const STANDINGS: Readonly<Record<Standing, { about: string; look: string }>> = {
  whole: { about: 'read', look: 'bg-line-strong' },
  growing: { about: 'still open', look: 'growing-dotted' },
  quiet: { about: 'no blob of any NIC', look: 'border-b border-line-strong' },
  hole: { about: 'a hole', look: 'hole-hatched' },
}

function aboutSummary({ standing, nics, holes }: Summary): string {
  if (holes > 0) return `${formatPlural(holes, 'NIC')} with a hole`
  return standing === 'quiet' ? STANDINGS.quiet.about : `${formatPlural(nics, 'NIC')} ${STANDINGS[standing].about}`
}

/** One cell: a link to the explorer with its hour, log and NIC. The grid handles its events, since there are thousands of cells. */
export const CellLink = memo(function CellLink({
  row,
  index,
  column,
  start,
  name,
  zone,
  reachable,
}: {
  row: GridRow
  index: number
  column: number
  /** Start of its hour, epoch milliseconds. */
  start: number
  /** Name of the log. */
  name: string
  zone: Zone
  /** True if Tab enters the grid here. */
  reachable: boolean
}) {
  const { q, href } = useView()
  const cell = row.kind === 'nic' ? row.cells[column] : null
  const summary = row.kind === 'log' ? row.cells[column] : null
  if (!cell && !summary) return null
  const mac = row.kind === 'nic' && row.mac !== '' ? row.mac : null
  const about = cell ? LOOKS[lookOf(cell)].about : aboutSummary(summary!)
  const tuples = cell ? cell.tuples : summary!.tuples
  const label = `${formatRange(start, start + HOUR, zone)}, ${name}${mac ? ` ${mac}` : ''}: ${about}${tuples > 0 ? `, ${formatPlural(tuples, 'tuple')}` : ''}`
  const patch = { ...rangePatch({ from: start, to: start + HOUR }), log: [row.log], q: mac ? both(q, terms({ mac })) : q || null }
  return (
    <a
      href={href(patch, '/explorer')}
      data-cell={`${index}:${column}`}
      tabIndex={reachable ? 0 : -1}
      aria-label={label}
      className={classNames(
        'data flex size-full items-center justify-center rounded-sm text-label font-semibold -outline-offset-1 hover:brightness-125',
        cell && LOOKS[lookOf(cell)].look,
      )}
    >
      {cell ? LOOKS[lookOf(cell)].sign : null}
      {summary ? (
        <span className={classNames('flex h-3 w-full items-center justify-center', STANDINGS[summary.standing].look)}>
          {summary.holes > 0 ? (
            <span className="rounded-sm bg-caution px-1 text-[11px] leading-4 text-ground">{formatCount(summary.holes)}</span>
          ) : null}
        </span>
      ) : null}
    </a>
  )
})
