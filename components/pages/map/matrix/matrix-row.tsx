import { memo } from 'react'
import type { KeyField } from '@/lib/flow/field/fields'
import type { PathMetric } from '@/lib/flow/field/metric'
import type { ActsOf } from '../flow/use-acts'
import type { Cells } from './cells'
import { MatrixCell } from './matrix-cell'
import { NodeHead } from './node-head'

/** One row, with the columns from `first` up to `end`. */
export const MatrixRow = memo(function MatrixRow({
  cells,
  at,
  first,
  end,
  height,
  fields,
  rest,
  metric,
  actsOf,
  stop,
}: {
  cells: Cells
  /** Position among all rows. */
  at: number
  first: number
  end: number
  height: number
  fields: readonly [KeyField, KeyField]
  /** Number of values that `other` stands for. */
  rest: number
  metric: PathMetric
  actsOf: ActsOf
  /** Column at which the tab key stops, or null. */
  stop: number | null
}) {
  const { columns } = cells
  const row = cells.rows[at]!
  return (
    <tr aria-rowindex={at + 2} style={{ height }}>
      <th
        scope="row"
        aria-colindex={1}
        title={row.value}
        className="sticky left-0 z-1 overflow-hidden border-r border-b border-line bg-surface px-3 text-left font-normal whitespace-nowrap max-sm:px-2 max-sm:text-label max-sm:[&_a]:text-wrap max-sm:[&_a]:wrap-anywhere"
      >
        <span className="flex min-w-0">
          <NodeHead node={row} field={fields[0]} rest={rest} />
        </span>
      </th>
      {first > 0 ? <td aria-hidden="true" colSpan={first} /> : null}
      {columns.slice(first, end).map((column, i) => {
        const c = first + i
        const cell = cells.at(at, c)
        return (
          <td
            key={column.id}
            aria-colindex={c + 2}
            data-at={cell === null ? undefined : `${at},${c}`}
            className="h-9.5 border-r border-b border-line/60 p-0"
          >
            {cell === null ? null : (
              <MatrixCell cell={cell} row={row} column={column} fields={fields} metric={metric} actsOf={actsOf} isStop={stop === c} />
            )}
          </td>
        )
      })}
      {end < columns.length ? <td aria-hidden="true" colSpan={columns.length - end} /> : null}
    </tr>
  )
})
