'use client'

import { type FocusEvent, type KeyboardEvent, type MouseEvent, type PointerEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import type { FilterField } from '@/lib/flow/field/fields'
import type { RowEnds } from '../menu-entries'
import { type ShownValue, useValueActs } from '../use-value-acts'
import { MENU_BUTTON, wordsOf } from '../value-look'

/** Milliseconds for which the pointer rests on a value before its button appears. */
const REST = 300
/** Width and height of the button. Pixels. */
const BUTTON = 28

interface GridValues {
  /** Handlers of the grid, which act for all of its values. */
  handlers: {
    onClick: (event: MouseEvent) => void
    onContextMenu: (event: MouseEvent) => void
    onPointerOver: (event: PointerEvent) => void
    onFocus: (event: FocusEvent) => void
  }
  /** Keys of a value, to be called before the keys of the grid. */
  onKeyDown: (event: KeyboardEvent) => void
  /** To be called when the pointer leaves the box that scrolls. */
  onLeave: () => void
  /** The one button, to be placed beside the grid in the box that scrolls. */
  button: ReactNode
}

interface Near {
  shown: ShownValue
  left: number
  top: number
}

/** Lets the links of a grid (`GridValue`) act as values do, and shows the button of the menu beside the one at hand. `endsOf` a row, by its `data-row`. */
export function useGridValues(endsOf: (row: number) => RowEnds | null): GridValues {
  const acts = useValueActs()
  const [near, setNear] = useState<Near | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])

  function shownAt({ target }: { target: EventTarget }): ShownValue | null {
    const link = target instanceof Element ? target.closest<HTMLAnchorElement>('a[data-field]') : null
    if (link === null) return null
    const row = Number(link.closest<HTMLElement>('[data-row]')?.dataset.row)
    return { link, field: link.dataset.field as FilterField, value: link.dataset.value!, ends: endsOf(row) }
  }
  function show(shown: ShownValue) {
    const box = shown.link.closest('table')!.parentElement!
    const [value, frame] = [shown.link.getBoundingClientRect(), box.getBoundingClientRect()]
    const right = Math.min(value.right, frame.left + box.clientWidth - BUTTON)
    setNear({
      shown,
      left: right - frame.left + box.scrollLeft,
      top: value.top + (value.height - BUTTON) / 2 - frame.top + box.scrollTop,
    })
  }
  function leave() {
    clearTimeout(timer.current)
    setNear(null)
  }
  return {
    handlers: {
      onClick: (event) => {
        const shown = shownAt(event)
        if (shown !== null) acts.onClick(event, shown)
      },
      onContextMenu: (event) => {
        const shown = shownAt(event)
        if (shown !== null) acts.onContextMenu(event, shown)
      },
      onPointerOver: (event) => {
        const shown = shownAt(event)
        if (shown !== null && shown.link === near?.shown.link) return
        leave()
        if (shown !== null && event.pointerType !== 'touch') timer.current = setTimeout(() => show(shown), REST)
      },
      onFocus: (event) => {
        const shown = shownAt(event)
        if (shown?.link.matches(':focus-visible')) show(shown)
      },
    },
    onKeyDown: (event) => {
      const shown = shownAt(event)
      if (shown !== null) acts.onKeyDown(event, shown)
    },
    onLeave: leave,
    button:
      near === null ? null : (
        <button
          type="button"
          aria-label={`Menu of ${wordsOf(near.shown.field, near.shown.value)}`}
          aria-haspopup="menu"
          tabIndex={-1}
          onClick={() => acts.menu(near.shown)}
          className={MENU_BUTTON}
          style={{ left: near.left, top: near.top }}
        />
      ),
  }
}
