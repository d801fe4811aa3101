'use client'

import { ChevronDown, ChevronUp, GripVertical, Pin } from 'lucide-react'
import type { DragEvent, KeyboardEvent } from 'react'
import { IconButton } from '@/components/ui/button'
import { classNames } from '@/components/ui/class-names'
import { fieldOf, type RowField } from '@/lib/flow/fields'

/** Where a column stands among those that are shown. */
export interface Place {
  /** From 0, or -1 when it is not shown. */
  index: number
  first: boolean
  last: boolean
  pinned: boolean
}

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

/** One column of the chooser: shown or not, kept in sight or not, and its place, by drag, by its buttons or by Alt and an arrow. */
export function ColumnItem({
  name,
  place,
  pinnable,
  only,
  dragged,
  onShow,
  onPin,
  onMove,
  onDrag,
  onDrop,
}: {
  name: RowField
  place: Place
  pinnable: boolean
  /** Nothing else is shown. */
  only: boolean
  /** Another column is being dragged over the list. */
  dragged: boolean
  onShow: () => void
  onPin: () => void
  onMove: (by: -1 | 1) => void
  /** Null when it is let go. */
  onDrag: (name: RowField | null) => void
  onDrop: () => void
}) {
  const { label, about } = fieldOf(name)
  const shown = place.index >= 0
  function onKeyDown(event: KeyboardEvent) {
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key]
    if (!event.altKey || !shown || (by !== -1 && by !== 1)) return
    event.preventDefault()
    if (by === -1 ? !place.first : !place.last) onMove(by)
  }
  function onDragStart(event: DragEvent) {
    event.dataTransfer.setData('text/plain', label)
    event.dataTransfer.effectAllowed = 'move'
    onDrag(name)
  }
  return (
    <li
      data-column={name}
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
          onChange={onShow}
          aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown"
          className="size-3.5 shrink-0 accent-accent-fill"
        />
        <span className={shown ? 'truncate' : 'truncate text-muted'}>{label}</span>
      </label>
      {shown ? (
        <span className="flex shrink-0">
          {pinnable ? (
            <IconButton
              label={`Keep ${label} in sight`}
              aria-pressed={place.pinned}
              onClick={onPin}
              className={place.pinned ? 'text-accent' : undefined}
            >
              <Pin aria-hidden="true" size={13} fill={place.pinned ? 'currentColor' : 'none'} />
            </IconButton>
          ) : null}
          <MoveButton label={label} way="up" disabled={place.first} onClick={() => onMove(-1)} />
          <MoveButton label={label} way="down" disabled={place.last} onClick={() => onMove(1)} />
        </span>
      ) : null}
    </li>
  )
}
