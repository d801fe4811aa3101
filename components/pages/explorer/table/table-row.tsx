'use client'

import { FlexRender } from '@tanstack/react-table'
import { memo } from 'react'
import { classNames } from '@/components/ui/class-names'
import { type ColumnLook, SELECT_WIDTH } from './columns/columns'
import type { ModelCell, ModelRow } from './columns/model'
import { type RowActs, RowFrame, type RowState } from './row-frame'

function TupleCell({ cell, look, at }: { cell: ModelCell; look: ColumnLook; at: number }) {
  const flush = look.align === 'end' && (look.field === 'src' || look.field === 'dst')
  const pinned = cell.column.getIsPinned() !== false
  return (
    <td
      aria-colindex={at}
      className={classNames(
        'flex min-w-0 items-center overflow-clip whitespace-nowrap [overflow-clip-margin:3px]',
        look.align === 'end' && 'justify-end',
        pinned && 'sticky z-2 bg-inherit',
        look.joined ? 'pr-1.5' : flush ? 'pl-1.5' : 'px-1.5',
      )}
      style={pinned ? { left: SELECT_WIDTH + cell.column.getStart('start') } : undefined}
    >
      {look.arrow ? (
        <span aria-hidden="true" className="mr-auto pr-1 text-faint">
          →
        </span>
      ) : null}
      {look.joined ? (
        <span aria-hidden="true" className="data text-faint">
          :
        </span>
      ) : null}
      <FlexRender cell={cell} />
    </td>
  )
}

interface TableRowProps extends RowState, RowActs {
  row: ModelRow
  looks: readonly ColumnLook[]
  /** Left edges of the pinned columns. */
  pinned: string
  names: ReadonlyMap<string, string>
}

/** The table recreates its rows when others arrive; a row looks the same while its tuple is the same. */
function isSame({ row: before, ...was }: TableRowProps, { row: after, ...is }: TableRowProps): boolean {
  return before.original === after.original && (Object.keys(is) as (keyof typeof is)[]).every((key) => was[key] === is[key])
}

/** One tuple, in columns; the left edge shows the verdict, and which tuple is open. */
export const TableRow = memo(function TableRow({ row, looks, ...frame }: TableRowProps) {
  const denied = row.original.action === 'deny'
  const edge = frame.open ? 'shadow-[inset_3px_0_0_var(--color-accent)]' : denied && 'shadow-[inset_3px_0_0_var(--color-deny-fill)]'
  return (
    <RowFrame
      {...frame}
      id={row.id}
      tint={
        denied ? 'bg-[color-mix(in_srgb,var(--color-deny-soft)_30%,var(--color-surface))] hover:bg-deny-soft' : 'bg-surface hover:bg-hover'
      }
      edge={classNames('sticky left-0 z-2 bg-inherit', edge)}
      selectWidth={SELECT_WIDTH}
    >
      {row.getVisibleCells().map((cell, i) => (
        <TupleCell key={cell.id} cell={cell} look={looks[i]!} at={i + 2} />
      ))}
    </RowFrame>
  )
}, isSame)
