'use client'

import { type MouseEvent, memo } from 'react'
import { classNames } from '@/components/ui/class-names'
import type { TupleRow } from '@/lib/flow/answers'
import { type ColumnLook, SELECT_WIDTH } from './columns'
import { FieldValue } from './field-value'

function Cell({ tuple, look, names, at }: { tuple: TupleRow; look: ColumnLook; names: ReadonlyMap<string, string>; at: number }) {
  const flush = look.align === 'end' && (look.field === 'src' || look.field === 'dst')
  return (
    <td
      aria-colindex={at}
      className={classNames(
        'flex min-w-0 items-center whitespace-nowrap',
        look.align === 'end' && 'justify-end',
        look.left !== null && 'sticky z-2 bg-inherit',
        look.joined ? 'pr-1.5' : flush ? 'pl-1.5' : 'px-1.5',
      )}
      style={look.left === null ? undefined : { left: look.left }}
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

/** The box that selects a row; its edge tells what happened to the tuple, and which one is open. */
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

/** One tuple. A click beside its values opens it. */
export const TableRow = memo(function TableRow({
  tuple,
  index,
  top,
  looks,
  names,
  open,
  selected,
  reachable,
  onFocus,
  onOpen,
  onTouch,
}: {
  tuple: TupleRow
  index: number
  /** Pixels below the head. */
  top: number
  looks: readonly ColumnLook[]
  names: ReadonlyMap<string, string>
  open: boolean
  selected: boolean
  /** Where Tab enters the table. */
  reachable: boolean
  onFocus: (index: number) => void
  onOpen: (id: string) => void
  onTouch: (index: number, through: boolean) => void
}) {
  function click(event: MouseEvent) {
    if (event.target instanceof Element && event.target.closest('a, button, label')) return
    if (window.getSelection()?.isCollapsed === false) return
    onOpen(tuple.id)
  }
  const denied = tuple.action === 'deny'
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
      {looks.map((look, i) => (
        <Cell key={look.field} tuple={tuple} look={look} names={names} at={i + 2} />
      ))}
    </tr>
  )
})
