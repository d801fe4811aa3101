'use client'

import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react'
import type { PressedKey } from '@/components/parts/keys/key'
import { useListedKeys } from '@/components/parts/keys/use-key'
import type { GridPlace } from './rows'

const KEYS: readonly PressedKey[] = [
  { keys: 'ArrowLeft ArrowRight', does: 'previous or next hour of a focused cell', group: 'Rows' },
  { keys: 'ArrowUp ArrowDown', does: 'previous or next log or NIC', group: 'Rows' },
  { keys: 'Enter', does: 'open its hour in the explorer', group: 'Rows' },
]

function elementAt(scroller: HTMLElement | null, { row, column }: GridPlace): HTMLElement | null {
  if (column >= 0) return scroller?.querySelector<HTMLElement>(`[data-cell="${row}:${column}"]`) ?? null
  return scroller?.querySelector<HTMLElement>(`[data-head="${row}"] button, [data-head="${row}"] a[href]`) ?? null
}

/** Keyboard control of the cells: arrows, Home, End, Page Up and Page Down move between cells, even those not drawn yet; Tab enters once. */
export function useCellFocus({
  scroller,
  rows,
  columns,
  start,
  bringIntoView,
}: {
  scroller: RefObject<HTMLElement | null>
  rows: number
  columns: number
  /** The cell that Tab enters before any was visited. */
  start: GridPlace
  bringIntoView: (place: GridPlace) => void
}): { place: GridPlace; onFocus: (place: GridPlace) => void; goTo: (place: GridPlace) => void; onKeyDown: (event: KeyboardEvent) => void } {
  const [visited, setVisited] = useState<GridPlace | null>(null)
  const wanted = useRef<GridPlace | null>(null)
  const { row, column } = visited ?? start
  const place = { row: Math.max(0, Math.min(rows - 1, row)), column: Math.min(columns - 1, column) }
  useListedKeys(KEYS)

  useEffect(() => {
    const element = wanted.current && elementAt(scroller.current, wanted.current)
    if (!element) return
    wanted.current = null
    element.focus({ preventScroll: true })
  })

  function goTo(next: GridPlace) {
    setVisited(next)
    bringIntoView(next)
    const element = elementAt(scroller.current, next)
    if (element) element.focus({ preventScroll: true })
    else wanted.current = next
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || !(event.target instanceof HTMLElement)) return
    if (event.target.closest('[data-cell], [data-head]') === null) return
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / event.target.clientHeight) - 2)
    const moves: Readonly<Record<string, GridPlace>> = {
      ArrowDown: { row: place.row + 1, column: place.column },
      ArrowUp: { row: place.row - 1, column: place.column },
      ArrowRight: { row: place.row, column: place.column + 1 },
      ArrowLeft: { row: place.row, column: place.column - 1 },
      PageDown: { row: place.row + page, column: place.column },
      PageUp: { row: place.row - page, column: place.column },
      Home: { row: place.row, column: 0 },
      End: { row: place.row, column: columns - 1 },
    }
    const move = moves[event.key]
    if (move === undefined) return
    event.preventDefault()
    event.stopPropagation()
    goTo({ row: Math.max(0, Math.min(rows - 1, move.row)), column: Math.max(-1, Math.min(columns - 1, move.column)) })
  }
  return { place, onFocus: setVisited, goTo, onKeyDown }
}
