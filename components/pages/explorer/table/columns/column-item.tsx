'use client'

import { ChevronDown, ChevronUp, GripVertical, Pin } from 'lucide-react'
import type { DragEvent, KeyboardEvent } from 'react'
import { IconButton } from '@/components/ui/button'
import { classNames } from '@/components/ui/class-names'
import { type ColumnField, fieldOf } from '@/lib/flow/field/fields'
import type { ModelColumn } from './model'

function MoveButton({ label, way, disabled, onClick }: { label: string; way: 'up' | 'down'; disabled: boolean; onClick: () => void }) {
  const Sign = way === 'up' ? ChevronUp : ChevronDown
  return (
    <IconButton
      label={`Move ${label} ${way}`}
      data-way={way}
      aria-disabled={disabled}
      className="aria-disabled:opacity-25"
      onClick={() => disabled || onClick()}
    >
      <Sign aria-hidden="true" size={14} />
    </IconButton>
  )
}

/** One column of the chooser: shown or hidden, pinned or not, and its position, changed by drag, by buttons or by Alt and an arrow. */
export function ColumnItem({
  column,
  up,
  down,
  only,
  dragged,
  onMove,
  onDrag,
  onDrop,
}: {
  column: ModelColumn
  /** True if it can move up, and down. */
  up: boolean
  down: boolean
  /** True if no other column is shown. */
  only: boolean
  /** True while another column is dragged over the list. */
  dragged: boolean
  onMove: (by: -1 | 1) => void
  /** Null when the drag ends. */
  onDrag: (id: string | null) => void
  onDrop: () => void
}) {
  const { label, about } = fieldOf(column.id as ColumnField)
  const shown = column.getIsVisible()
  const pinned = column.getIsPinned() !== false
  function onKeyDown(event: KeyboardEvent) {
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key]
    if (!event.altKey || !shown || (by !== -1 && by !== 1)) return
    event.preventDefault()
    if (by === -1 ? up : down) onMove(by)
  }
  function onDragStart(event: DragEvent) {
    event.dataTransfer.setData('text/plain', label)
    event.dataTransfer.effectAllowed = 'move'
    onDrag(column.id)
  }
  return (
    <li
      data-column={column.id}
      draggable={shown}
      onDragStart={onDragStart}
      onDragEnd={() => onDrag(null)}
      onDragOver={(event) => dragged && shown && event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault()
        onDrop()
      }}
      onKeyDown={onKeyDown}
      className={classNames(
        'flex items-center rounded-md hover:bg-hover',
        dragged && shown && 'hover:shadow-[inset_0_2px_0_var(--color-accent)]',
      )}
    >
      <GripVertical aria-hidden="true" size={13} className={classNames('shrink-0 text-faint', shown ? 'cursor-grab' : 'invisible')} />
      <label className="flex min-h-7 min-w-0 flex-1 items-center gap-2 pl-1" title={about}>
        <input
          type="checkbox"
          checked={shown}
          disabled={only}
          onChange={() => column.toggleVisibility()}
          aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown"
          className="size-3.5 shrink-0 accent-accent-fill"
        />
        <span className={shown ? 'truncate' : 'truncate text-muted'}>{label}</span>
      </label>
      {shown ? (
        <span className="flex shrink-0">
          {column.getCanPin() ? (
            <IconButton
              label={`Pin ${label}`}
              aria-pressed={pinned}
              onClick={() => column.pin(pinned ? false : 'start')}
              className={pinned ? 'text-accent' : undefined}
            >
              <Pin aria-hidden="true" size={13} fill={pinned ? 'currentColor' : 'none'} />
            </IconButton>
          ) : null}
          <MoveButton label={label} way="up" disabled={!up} onClick={() => onMove(-1)} />
          <MoveButton label={label} way="down" disabled={!down} onClick={() => onMove(1)} />
        </span>
      ) : null}
    </li>
  )
}
