'use client'

import { type KeyboardEvent, type RefObject, useEffect, useMemo, useRef, useState } from 'react'
import { formatCount } from '@/components/parts/format/number'
import { valueText } from '@/components/parts/format/value-text'
import { Value } from '@/components/parts/value/value'
import type { PathsAnswer } from '@/lib/flow/answer/paths'
import { fieldOf, type KeyField, type PathMetric } from '@/lib/flow/fields'
import { measured } from '../flow/measure'
import { useActs } from '../flow/use-acts'
import { useSteady } from '../flow/use-steady'
import { type Cell, cellsOf, type Node } from './cells'
import { MatrixCell } from './matrix-cell'
import { useWindow } from './use-window'

const CELL = { width: 84, height: 38 }
const HEAD = { width: 190, height: 56 }
const STEPS: Readonly<Record<string, readonly [down: number, right: number]>> = {
  ArrowDown: [1, 0],
  ArrowUp: [-1, 0],
  ArrowRight: [0, 1],
  ArrowLeft: [0, -1],
}

function NodeHead({ node, field, rest }: { node: Node; field: KeyField; rest: number }) {
  if (node.other) return <span className="text-muted">other ({formatCount(rest)})</span>
  return (
    <Value field={field} value={node.value} whois="none" fills>
      {valueText(field, node.value)}
    </Value>
  )
}

/** Rows by columns: allowed and denied of each pair, shaded by rank. What nothing went between is empty. */
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
  const { rows, columns } = cells
  const [down, across] = data.by.split(',') as [KeyField, KeyField]
  const span = useWindow(plot, { count: rows.length, size: CELL.height }, { count: columns.length, size: CELL.width })
  const actsOf = useActs(data)
  const [at, setAt] = useState<readonly [row: number, column: number] | null>(null)
  const table = useRef<HTMLTableElement>(null)
  const first = useMemo(
    () => rows.flatMap((_, r) => columns.flatMap((_, c) => (cells.at(r, c) ? [[r, c] as const] : [])))[0],
    [cells, rows, columns],
  )
  const stop = at !== null && cells.at(...at) !== null ? at : first
  const rest = [rows, columns].map((nodes, i) => data.values[i]! - nodes.filter(({ other }) => !other).length)

  useEffect(() => {
    if (at === null || plot.current === null) return
    const { current } = plot
    const [top, left] = [at[0] * CELL.height, at[1] * CELL.width]
    if (top < current.scrollTop || top > current.scrollTop + current.clientHeight - HEAD.height - CELL.height) current.scrollTop = top
    if (left < current.scrollLeft || left > current.scrollLeft + current.clientWidth - HEAD.width - CELL.width) current.scrollLeft = left
    requestAnimationFrame(() => table.current?.querySelector<HTMLElement>(`td[data-at="${at.join()}"] a`)?.focus({ preventScroll: true }))
  }, [at, plot])

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

  const name = (node: Node, field: KeyField) => (node.other ? 'other' : valueText(field, node.value))
  const about = ({ link, allow, deny }: Cell, row: Node, column: Node) =>
    `${name(row, down)} → ${name(column, across)}: ${[
      link.allow > 0 ? `${measured(allow.value, metric)} allowed` : '',
      link.deny > 0 ? `${measured(deny.value, metric)} denied` : '',
    ]
      .filter((text) => text !== '')
      .join(', ')}`

  const { rows: seen, columns: wide } = span
  const before = wide.first > 0 ? <td aria-hidden="true" colSpan={wide.first} /> : null
  const after = wide.end < columns.length ? <td aria-hidden="true" colSpan={columns.length - wide.end} /> : null
  return (
    <>
      <div ref={plot} className="max-h-[78vh] overflow-auto print:max-h-none print:overflow-visible">
        <table
          ref={table}
          onKeyDown={move}
          aria-label={`${fieldOf(down).label} by ${fieldOf(across).label}`}
          aria-rowcount={rows.length + 1}
          aria-colcount={columns.length + 1}
          className="table-fixed border-separate border-spacing-0"
          style={{ width: HEAD.width + columns.length * CELL.width }}
        >
          <colgroup>
            <col style={{ width: HEAD.width }} />
            {columns.map(({ id }) => (
              <col key={id} style={{ width: CELL.width }} />
            ))}
          </colgroup>
          <thead>
            <tr aria-rowindex={1} style={{ height: HEAD.height }}>
              <th
                scope="col"
                className="sticky top-0 left-0 z-3 border-r border-b border-line bg-surface px-3 text-left align-bottom text-label font-normal text-muted"
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
              <tr key={row.id} aria-rowindex={seen.first + i + 2} style={{ height: CELL.height }}>
                <th
                  scope="row"
                  title={row.value}
                  className="sticky left-0 z-1 overflow-hidden border-r border-b border-line bg-surface px-3 text-left font-normal whitespace-nowrap"
                >
                  <span className="flex min-w-0">
                    <NodeHead node={row} field={down} rest={rest[0]!} />
                  </span>
                </th>
                {before}
                {columns.slice(wide.first, wide.end).map((column, j) => {
                  const [r, c] = [seen.first + i, wide.first + j]
                  const cell = cells.at(r, c)
                  return (
                    <td
                      key={column.id}
                      aria-colindex={c + 2}
                      data-at={cell === null ? undefined : `${r},${c}`}
                      className="h-9.5 border-r border-b border-line/60 p-0"
                    >
                      {cell === null ? null : (
                        <MatrixCell
                          cell={cell}
                          metric={metric}
                          label={about(cell, row, column)}
                          acts={actsOf([row, column])}
                          isStop={stop !== undefined && stop[0] === r && stop[1] === c}
                        />
                      )}
                    </td>
                  )
                })}
                {after}
              </tr>
            ))}
            {seen.end < rows.length ? <tr style={{ height: (rows.length - seen.end) * CELL.height }} /> : null}
          </tbody>
        </table>
      </div>
      <p className="flex flex-wrap gap-x-4 border-t border-line px-3 py-1.5 text-label text-muted">
        <span>
          {formatCount(data.links.length)} of {formatCount(rows.length * columns.length)} cells hold traffic
        </span>
        <span>A allowed, D denied; the darker, the higher its rank among all cells</span>
        <span className="max-md:hidden">arrow keys move · click or f: only this · alt-click or F: without it</span>
      </p>
    </>
  )
}
