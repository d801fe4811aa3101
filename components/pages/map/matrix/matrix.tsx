'use client'

import { type KeyboardEvent, type RefObject, useEffect, useMemo, useRef, useState } from 'react'
import { BaselineNotice } from '@/components/parts/baseline/baseline-notice'
import { DoubledBytes } from '@/components/parts/counters/doubled-bytes'
import { formatCount, formatPlural, formatShare } from '@/components/parts/format/number'
import { formatRange } from '@/components/parts/format/time'
import { useView } from '@/components/parts/view/use-view'
import { useMedia } from '@/components/ui/size/use-media'
import type { PathsAnswer } from '@/lib/flow/answer/traffic/paths'
import { fieldOf, type KeyField } from '@/lib/flow/field/fields'
import type { PathMetric } from '@/lib/flow/field/metric'
import { useActs } from '../flow/use-acts'
import { useSteady } from '../flow/use-steady'
import { cellsOf } from './cells'
import { NewMark } from './matrix-cell'
import { MatrixRow } from './matrix-row'
import { NodeHead } from './node-head'
import { useWindow } from './use-window'

const CELL = { width: 92, height: 38 }
const HEAD = { width: 190, narrow: 116, height: 56 }
const STEPS: Readonly<Record<string, readonly [down: number, right: number]>> = {
  ArrowDown: [1, 0],
  ArrowUp: [-1, 0],
  ArrowRight: [0, 1],
  ArrowLeft: [0, -1],
}

/** Tells the baseline and the number of new cells, with a button that goes to the next one. */
function Fresh({ data, fresh, onNext }: { data: PathsAnswer; fresh: number; onNext: () => void }) {
  const { zone } = useView()
  const { baseline } = data
  if (baseline === undefined) return null
  const range = formatRange(baseline.from, baseline.to, zone)
  if (baseline.share === 0)
    return <span className="text-caution">Nothing is known of the time before ({range}), so that nothing can be called new</span>
  return (
    <span className="flex flex-wrap items-center gap-x-1.5">
      {fresh > 0 ? (
        <button
          type="button"
          onClick={onNext}
          title="go to the next new cell"
          className="flex min-h-6 items-center rounded-sm underline underline-offset-3 hover:text-ink print:hidden"
        >
          {formatPlural(fresh, 'new cell')}
        </button>
      ) : (
        <span>no new cells</span>
      )}
      <span className="flex flex-wrap items-center gap-x-1.5">
        <NewMark /> not in {range},
        <span className={baseline.share < 1 ? 'text-caution' : ''}>of which the logs cover {formatShare(baseline.share, 1)}</span>
      </span>
    </span>
  )
}

/** Rows by columns: allowed and denied traffic of each pair, shaded by rank. A cell without traffic is empty. */
export function Matrix({
  data: answered,
  metric,
  plot,
}: {
  data: PathsAnswer
  metric: PathMetric
  plot: RefObject<HTMLDivElement | null>
}) {
  const data = useSteady(answered)
  const cells = useMemo(() => cellsOf(data, metric), [data, metric])
  const { rows, columns, fresh } = cells
  const fields = useMemo(() => data.by.split(',') as [KeyField, KeyField], [data.by])
  const [down, across] = fields
  const headWidth = useMedia('(min-width: 640px)') ? HEAD.width : HEAD.narrow
  const span = useWindow(plot, { count: rows.length, size: CELL.height }, { count: columns.length, size: CELL.width })
  const actsOf = useActs(data)
  const [at, setAt] = useState<readonly [row: number, column: number] | null>(null)
  const table = useRef<HTMLTableElement>(null)
  const first = useMemo(
    () => rows.flatMap((_, r) => columns.flatMap((_, c) => (cells.at(r, c) ? [[r, c] as const] : [])))[0],
    [cells, rows, columns],
  )
  const stop = (at !== null && cells.at(...at) !== null ? at : first) ?? null
  const rest = [rows, columns].map((nodes, i) => data.values[i]! - nodes.filter(({ other }) => !other).length)

  useEffect(() => {
    if (at === null || plot.current === null) return
    const { current } = plot
    const [top, left] = [at[0] * CELL.height, at[1] * CELL.width]
    if (top < current.scrollTop || top > current.scrollTop + current.clientHeight - HEAD.height - CELL.height) current.scrollTop = top
    if (left < current.scrollLeft || left > current.scrollLeft + current.clientWidth - headWidth - CELL.width) current.scrollLeft = left
    requestAnimationFrame(() => table.current?.querySelector<HTMLElement>(`td[data-at="${at.join()}"] a`)?.focus({ preventScroll: true }))
  }, [at, plot, headWidth])

  function move(event: KeyboardEvent) {
    const step = STEPS[event.key]
    const from = (event.target as Element).closest<HTMLElement>('td[data-at]')?.dataset.at
    if (step === undefined || from === undefined) return
    event.preventDefault()
    let [row, column] = from.split(',').map(Number) as [number, number]
    do {
      row += step[0]
      column += step[1]
    } while (row >= 0 && row < rows.length && column >= 0 && column < columns.length && cells.at(row, column) === null)
    if (cells.at(row, column) !== null && column >= 0 && column < columns.length) setAt([row, column])
  }

  const { rows: seen, columns: wide } = span
  const before = wide.first > 0 ? <td aria-hidden="true" colSpan={wide.first} /> : null
  const after = wide.end < columns.length ? <td aria-hidden="true" colSpan={columns.length - wide.end} /> : null
  function next() {
    const isLater = ([row, column]: readonly [number, number]) => at === null || row > at[0] || (row === at[0] && column > at[1])
    setAt(fresh.find(isLater) ?? fresh[0]!)
  }
  return (
    <>
      {data.baseline && !data.baseline.complete ? (
        <div className="p-2 print:hidden">
          <BaselineNotice baseline={data.baseline} of="paths">
            A cell is new where nothing of it is in that.
          </BaselineNotice>
        </div>
      ) : null}
      <div ref={plot} className="max-h-[78vh] overflow-auto print:max-h-none print:overflow-visible">
        <table
          ref={table}
          onKeyDown={move}
          aria-label={`${fieldOf(down).label} by ${fieldOf(across).label}`}
          aria-rowcount={rows.length + 1}
          aria-colcount={columns.length + 1}
          className="table-fixed border-separate border-spacing-0"
          style={{ width: headWidth + columns.length * CELL.width }}
        >
          <colgroup>
            <col style={{ width: headWidth }} />
            {columns.map(({ id }) => (
              <col key={id} style={{ width: CELL.width }} />
            ))}
          </colgroup>
          <thead>
            <tr aria-rowindex={1} style={{ height: HEAD.height }}>
              <th
                scope="col"
                aria-colindex={1}
                className="sticky top-0 left-0 z-3 border-r border-b border-line bg-surface px-3 text-left align-bottom max-sm:px-2 text-label font-normal text-muted"
              >
                {fieldOf(down).label}
                <br />→ {fieldOf(across).label}
              </th>
              {before}
              {columns.slice(wide.first, wide.end).map((node, i) => (
                <th
                  key={node.id}
                  scope="col"
                  aria-colindex={wide.first + i + 2}
                  title={node.value}
                  className="sticky top-0 z-2 overflow-hidden border-b border-line bg-surface px-1 text-left align-bottom text-label font-normal [&_a]:text-wrap [&_a]:wrap-anywhere [&_a]:line-clamp-3"
                >
                  <NodeHead node={node} field={across} rest={rest[1]!} />
                </th>
              ))}
              {after}
            </tr>
          </thead>
          <tbody>
            {seen.first > 0 ? <tr style={{ height: seen.first * CELL.height }} /> : null}
            {rows.slice(seen.first, seen.end).map((row, i) => (
              <MatrixRow
                key={row.id}
                cells={cells}
                at={seen.first + i}
                first={wide.first}
                end={wide.end}
                height={CELL.height}
                fields={fields}
                rest={rest[0]!}
                metric={metric}
                actsOf={actsOf}
                stop={stop?.[0] === seen.first + i ? stop[1] : null}
              />
            ))}
            {seen.end < rows.length ? <tr style={{ height: (rows.length - seen.end) * CELL.height }} /> : null}
          </tbody>
        </table>
      </div>
      <p className="flex flex-wrap gap-x-4 border-t border-line px-3 py-1.5 text-label text-muted">
        <span>
          {formatCount(data.links.length)} of {formatCount(rows.length * columns.length)} cells hold traffic
        </span>
        {metric === 'bytes' ? <DoubledBytes /> : null}
        <span>A allowed, D denied; the darker, the higher its rank among all cells</span>
        <Fresh data={data} fresh={fresh.length} onNext={next} />
        <span className="max-md:hidden">arrow keys move · click or f: only this · alt-click or F: without it</span>
      </p>
    </>
  )
}
