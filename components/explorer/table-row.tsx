'use client'

import { type MouseEvent, memo } from 'react'
import { classNames } from '@/components/ui/class-names'
import type { TupleRow } from '@/lib/flow/answers'
import type { ColumnLook } from './columns'
import { FieldValue } from './field-value'

/** Pixels. */
export const ROW_HEIGHT = 28

function Cell({ tuple, look, names, at }: { tuple: TupleRow; look: ColumnLook; names: ReadonlyMap<string, string>; at: number }) {
  const flush = look.align === 'end' && (look.field === 'src' || look.field === 'dst')
  return (
    <td
      aria-colindex={at}
      className={classNames(
        'flex min-w-0 items-center whitespace-nowrap',
        look.align === 'end' && 'justify-end',
        look.joined ? 'pr-1.5' : flush ? 'pl-1.5' : 'px-1.5',
      )}
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
      <FieldValue tuple={tuple} field={look.field} names={names} tabIndex={-1} />
    </td>
  )
}

/** One tuple. A click beside its values opens it. */
export const TableRow = memo(function TableRow({
  tuple,
  index,
  top,
  looks,
  names,
  open,
  reachable,
  onFocus,
  onOpen,
}: {
  tuple: TupleRow
  index: number
  /** Pixels below the head. */
  top: number
  looks: readonly ColumnLook[]
  names: ReadonlyMap<string, string>
  open: boolean
  /** Where Tab enters the table. */
  reachable: boolean
  onFocus: (index: number) => void
  onOpen: (id: string) => void
}) {
  function click(event: MouseEvent) {
    if (event.target instanceof Element && event.target.closest('a, button')) return
    if (window.getSelection()?.isCollapsed === false) return
    onOpen(tuple.id)
  }
  const denied = tuple.action === 'deny'
  return (
    <tr
      aria-rowindex={index + 2}
      aria-selected={open}
      data-row={index}
      tabIndex={reachable ? 0 : -1}
      onFocus={() => onFocus(index)}
      onClick={click}
      className={classNames(
        'absolute inset-x-0 grid cursor-default border-b border-line/60 -outline-offset-2',
        open
          ? 'bg-accent-soft shadow-[inset_3px_0_0_var(--color-accent)]'
          : denied
            ? 'bg-deny-soft/30 shadow-[inset_3px_0_0_var(--color-deny-fill)] hover:bg-deny-soft'
            : 'hover:bg-hover',
      )}
      style={{ gridTemplateColumns: 'var(--columns)', height: ROW_HEIGHT, transform: `translateY(${top}px)` }}
    >
      {looks.map((look, i) => (
        <Cell key={look.field} tuple={tuple} look={look} names={names} at={i + 1} />
      ))}
    </tr>
  )
})
