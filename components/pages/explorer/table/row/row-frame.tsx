import type { MouseEvent as ReactMouseEvent, ReactNode } from 'react'
import { classNames } from '@/components/ui/class-names'

export interface RowActs {
  onFocus: (index: number) => void
  onOpen: (id: string) => void
  /** Selects a row, or with `through` all up to it. */
  onTouch: (index: number, through: boolean) => void
}

export interface RowState {
  index: number
  /** Pixels below the top of the rows. */
  top: number
  open: boolean
  selected: boolean
  /** True if Tab enters the table here. */
  reachable: boolean
}

/** The row of one tuple, with its checkbox. A click beside its values opens it. */
export function RowFrame({
  id,
  index,
  top,
  open,
  selected,
  reachable,
  onFocus,
  onOpen,
  onTouch,
  tint,
  edge,
  selectWidth,
  children,
}: RowState &
  RowActs & {
    id: string
    /** Classes of the background if the row is neither open nor selected. */
    tint: string
    /** Classes of the cell that stays at the left edge; missing if it scrolls with the row. */
    edge?: string
    /** Pixels. */
    selectWidth: number
    children: ReactNode
  }) {
  function click(event: ReactMouseEvent) {
    if (event.target instanceof Element && event.target.closest('a, button, label')) return
    if (window.getSelection()?.isCollapsed === false) return
    onOpen(id)
  }
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
        'absolute inset-x-0 grid cursor-default border-b border-line/60 -outline-offset-2 [contain:strict]',
        open || selected ? 'bg-accent-soft' : tint,
      )}
      style={{ gridTemplateColumns: 'var(--columns)', height: 'var(--row)', transform: `translateY(${top}px)` }}
    >
      <td aria-colindex={1} className={edge}>
        <label className="flex h-full items-center justify-center" style={{ width: selectWidth }}>
          <input
            type="checkbox"
            aria-label={`Select row ${index + 1}`}
            tabIndex={-1}
            checked={selected}
            onChange={(event) => onTouch(index, event.nativeEvent instanceof MouseEvent && event.nativeEvent.shiftKey)}
            className="size-3.5 accent-accent-fill pointer-coarse:size-4"
          />
        </label>
      </td>
      {children}
    </tr>
  )
}
