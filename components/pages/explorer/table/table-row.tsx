'use client'

import { FlexRender } from '@tanstack/react-table'
import { type MouseEvent, memo } from 'react'
import { classNames } from '@/components/ui/class-names'
import { type ColumnLook, SELECT_WIDTH } from './columns/columns'
import type { ModelCell, ModelRow } from './columns/model'

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

/** The checkbox of a row; its edge shows the verdict, and which tuple is open. */
function SelectCell({
  index,
  selected,
  edge,
  onTouch,
}: {
  index: number
  selected: boolean
  edge: string | false
  onTouch: (index: number, through: boolean) => void
}) {
  return (
    <td aria-colindex={1} className={classNames('sticky left-0 z-2 bg-inherit', edge)}>
      <label className="flex h-full items-center justify-center" style={{ width: SELECT_WIDTH }}>
        <input
          type="checkbox"
          aria-label={`Select row ${index + 1}`}
          tabIndex={-1}
          checked={selected}
          onChange={(event) => onTouch(index, event.nativeEvent instanceof MouseEvent && event.nativeEvent.shiftKey)}
          className="size-3.5 accent-accent-fill"
        />
      </label>
    </td>
  )
}

interface TableRowProps {
  row: ModelRow
  index: number
  /** Pixels below the head. */
  top: number
  looks: readonly ColumnLook[]
  /** Left edges of the pinned columns. */
  pinned: string
  names: ReadonlyMap<string, string>
  open: boolean
  selected: boolean
  /** True if Tab enters the table here. */
  reachable: boolean
  onFocus: (index: number) => void
  onOpen: (id: string) => void
  onTouch: (index: number, through: boolean) => void
}

/** The table recreates its rows when others arrive; a row looks the same while its tuple is the same. */
function isSame({ row: before, ...was }: TableRowProps, { row: after, ...is }: TableRowProps): boolean {
  return before.original === after.original && (Object.keys(is) as (keyof typeof is)[]).every((key) => was[key] === is[key])
}

/** One tuple. A click beside its values opens it. */
export const TableRow = memo(function TableRow({
  row,
  index,
  top,
  looks,
  open,
  selected,
  reachable,
  onFocus,
  onOpen,
  onTouch,
}: TableRowProps) {
  function click(event: MouseEvent) {
    if (event.target instanceof Element && event.target.closest('a, button, label')) return
    if (window.getSelection()?.isCollapsed === false) return
    onOpen(row.id)
  }
  const denied = row.original.action === 'deny'
  const edge = open ? 'shadow-[inset_3px_0_0_var(--color-accent)]' : denied && 'shadow-[inset_3px_0_0_var(--color-deny-fill)]'
  return (
    <tr
      aria-rowindex={index + 2}
      aria-selected={selected}
      aria-current={open ? 'true' : undefined}
      data-row={index}
      tabIndex={reachable ? 0 : -1}
      onFocus={() => onFocus(index)}
      onClick={click}
      className={classNames(
        'absolute inset-x-0 grid cursor-default border-b border-line/60 -outline-offset-2',
        open || selected
          ? 'bg-accent-soft'
          : denied
            ? 'bg-[color-mix(in_srgb,var(--color-deny-soft)_30%,var(--color-surface))] hover:bg-deny-soft'
            : 'bg-surface hover:bg-hover',
      )}
      style={{ gridTemplateColumns: 'var(--columns)', height: 'var(--row)', transform: `translateY(${top}px)` }}
    >
      <SelectCell index={index} selected={selected} edge={edge} onTouch={onTouch} />
      {row.getVisibleCells().map((cell, i) => (
        <TupleCell key={cell.id} cell={cell} look={looks[i]!} at={i + 2} />
      ))}
    </tr>
  )
}, isSame)
