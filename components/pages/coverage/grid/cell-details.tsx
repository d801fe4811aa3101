'use client'

import type { ReactNode } from 'react'
import { formatCount, formatPlural } from '@/components/parts/format/number'
import { formatInstant, formatRange, type Zone } from '@/components/parts/format/time'
import { CopyButton } from '@/components/ui/copy-button'
import type { CoverageProblem } from '@/lib/flow/answer/answer'
import type { Cell } from '@/lib/flow/answer/read/coverage'
import { formatBytes } from '@/lib/flow/text/bytes'
import { HOUR } from '@/lib/flow/time/bucket'
import { LOOKS, lookOf } from './cell-state'
import type { GridRow } from './rows'

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-label text-muted">{name}</dt>
      <dd className="data min-h-5 whitespace-nowrap">{children}</dd>
    </div>
  )
}

function bytesOf({ counted, bytes, state }: Cell): string {
  if (state === 'absent') return '–'
  const [part, all] = [formatBytes(counted), formatBytes(bytes)]
  return part === all ? all : `${part} of ${all}`
}

/** Maximum number of rejection reasons that are listed. */
const TOLD = 3

function Facts({ cell, zone, problems }: { cell: Cell; zone: Zone; problems: readonly CoverageProblem[] }) {
  const own = problems.filter(({ blob, kind }) => blob !== null && blob === cell.blob && kind !== 'warning')
  const moment = (time: string | null) => (time === null ? '–' : formatInstant(time, zone))
  return (
    <>
      <p className="mt-0.5 text-muted">{LOOKS[lookOf(cell)].why}</p>
      {own.slice(0, TOLD).map(({ reason, message }) => (
        <p key={reason} className="text-label wrap-anywhere text-caution">
          {message.replace(`${cell.blob}: `, '')}
        </p>
      ))}
      <dl className="mt-2 flex flex-wrap gap-x-8 gap-y-1.5">
        <Fact name="Bytes counted">
          <span title={`${formatCount(cell.counted)} of ${formatCount(cell.bytes)} bytes`}>{bytesOf(cell)}</span>
        </Fact>
        <Fact name="Tuples">{formatCount(cell.tuples)}</Fact>
        <Fact name="Rejected">
          <span className={cell.rejected > 0 ? 'text-caution' : undefined}>{formatCount(cell.rejected)}</span>
        </Fact>
        <Fact name="First tuple">{moment(cell.first)}</Fact>
        <Fact name="Last tuple">{moment(cell.last)}</Fact>
        <Fact name="Last flush">{moment(cell.flushed)}</Fact>
        <Fact name="ETag">{cell.etag ?? '–'}</Fact>
      </dl>
      <div className="mt-1.5 flex min-h-10 items-start gap-1">
        <p className="data min-w-0 pt-1 text-label wrap-anywhere text-muted">{cell.blob ?? 'No blob'}</p>
        {cell.blob ? <CopyButton what="the path of the blob" text={cell.blob} /> : null}
      </div>
    </>
  )
}

/** Details of one cell; for a whole log, the number of its NICs with a blob. */
export function CellDetails({
  row,
  column,
  start,
  name,
  zone,
  problems,
}: {
  row: GridRow
  column: number
  start: number
  name: string
  zone: Zone
  problems: readonly CoverageProblem[]
}) {
  const cell = row.kind === 'nic' ? row.cells[column] : null
  const summary = row.kind === 'log' ? row.cells[column] : null
  const about = cell
    ? LOOKS[lookOf(cell)].about
    : summary
      ? `${formatPlural(summary.nics, 'NIC')} with a blob, ${formatPlural(summary.holes, 'hole')}`
      : 'nothing'
  return (
    <section aria-label="Cell" className="min-h-52 border-t border-line px-3 py-2 sm:min-h-40">
      <h3 className="flex flex-wrap items-baseline gap-x-3">
        <span className="data font-semibold">{formatRange(start, start + HOUR, zone)}</span>
        <span>
          {name}
          {row.kind === 'nic' && row.mac ? <span className="data ml-2 text-muted">{row.mac}</span> : null}
        </span>
        <span className="font-semibold">{about}</span>
      </h3>
      {cell ? <Facts cell={cell} zone={zone} problems={problems} /> : null}
      {summary ? (
        <p className="mt-0.5 text-muted">
          {formatPlural(summary.tuples, 'tuple')} in the blobs of {formatPlural(summary.nics, 'NIC')}
        </p>
      ) : null}
    </section>
  )
}
