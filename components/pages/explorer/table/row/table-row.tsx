'use client'

import { memo } from 'react'
import { FieldValue } from '@/components/pages/explorer/value/field-value'
import { classNames } from '@/components/ui/class-names'
import type { ToldRow } from '@/lib/flow/answer/tuples/tuples'
import { type ColumnLook, SELECT_WIDTH } from '../columns/columns'
import { ADDRESS_CELL, ARROW, TEXT_CELL } from './cell-look'
import { type RowActs, RowFrame, type RowState } from './row-frame'

interface CellProps {
  tuple: ToldRow
  look: ColumnLook
  at: number
  /** Distance from the left edge if the column is pinned. Pixels. */
  left: number | null
  names: ReadonlyMap<string, string>
}

function TupleCell({ tuple, look, at, left, names }: CellProps) {
  const { field, align, joined, arrow } = look
  const isAddress = field === 'src' || field === 'dst'
  const atEnd = align === 'end'
  return (
    <td
      aria-colindex={at}
      className={classNames(
        isAddress ? ADDRESS_CELL : TEXT_CELL,
        atEnd && (isAddress ? 'justify-end' : 'text-right'),
        arrow && ARROW,
        left !== null && 'sticky z-2 bg-inherit',
        joined ? 'pr-1.5' : isAddress && atEnd ? 'pl-1.5' : 'px-1.5',
      )}
      style={left === null ? undefined : { left }}
    >
      {joined ? <span className="text-faint">:</span> : null}
      <FieldValue inGrid tuple={tuple} field={field} names={names} />
    </td>
  )
}

interface TableRowProps extends RowState, RowActs {
  tuple: ToldRow
  looks: readonly ColumnLook[]
  /** Left edges of the pinned columns, which come first. Pixels. */
  pinned: readonly number[]
  names: ReadonlyMap<string, string>
}

/** One tuple, in columns; the left edge shows the verdict, and which tuple is open. */
export const TableRow = memo(function TableRow({ tuple, looks, pinned, names, ...frame }: TableRowProps) {
  const denied = tuple.action === 'deny'
  const edge = frame.open ? 'shadow-[inset_3px_0_0_var(--color-accent)]' : denied && 'shadow-[inset_3px_0_0_var(--color-deny-fill)]'
  return (
    <RowFrame
      {...frame}
      id={tuple.id}
      tint={
        denied ? 'bg-[color-mix(in_srgb,var(--color-deny-soft)_30%,var(--color-surface))] hover:bg-deny-soft' : 'bg-surface hover:bg-hover'
      }
      edge={classNames('sticky left-0 z-2 bg-inherit', edge)}
      selectWidth={SELECT_WIDTH}
    >
      {looks.map((look, i) => {
        const left = pinned[i]
        return (
          <TupleCell
            key={look.field}
            tuple={tuple}
            look={look}
            at={i + 2}
            left={left === undefined ? null : SELECT_WIDTH + left}
            names={names}
          />
        )
      })}
    </RowFrame>
  )
})
