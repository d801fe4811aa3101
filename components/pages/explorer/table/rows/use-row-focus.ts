'use client'

import { type KeyboardEvent, type RefObject, useCallback, useEffect, useRef, useState } from 'react'
import type { PressedKey } from '@/components/parts/keys/key'
import { useKey, useListedKeys } from '@/components/parts/keys/use-key'
import type { RowWindow } from './row-window'

const KEYS: readonly PressedKey[] = [
  { keys: 'Enter', does: 'open the focused row', group: 'Rows' },
  { keys: 'ArrowLeft ArrowRight', does: 'walk the values of a row', group: 'Rows' },
]

interface RowFocus {
  /** The row that Tab enters, or null before any was visited. */
  index: number | null
  onFocus: (index: number) => void
  onKeyDown: (event: KeyboardEvent) => void
}

function rowElement(scroller: HTMLElement | null, index: number): HTMLElement | null {
  return scroller?.querySelector<HTMLElement>(`[data-row="${index}"]`) ?? null
}

/** The values of a row that arrow keys reach. */
function linksOf(row: Element): HTMLElement[] {
  return [...row.querySelectorAll<HTMLElement>('a[href]')]
}

/**
 * Keyboard control of the rows: arrows, j, k, Page Up, Page Down, Home and End move; Enter opens; left and right walk the values. While a tuple is open, moving
 * to another one opens it instead.
 */
export function useRowFocus({
  scroller,
  rows,
  open,
  onOpen,
  scrollTo,
  onTouch,
}: {
  scroller: RefObject<HTMLElement | null>
  rows: RowWindow
  /** Id of the open tuple. */
  open: string | null
  onOpen: (id: string) => void
  scrollTo: (index: number) => void
  /** Selects a row, or all up to it. */
  onTouch: (index: number, through: boolean) => void
}): RowFocus {
  const [index, setIndex] = useState<number | null>(null)
  const wanted = useRef<{ index: number; value: number } | null>(null)

  useEffect(() => {
    const target = wanted.current
    const row = target && rowElement(scroller.current, target.index)
    if (!row) return
    wanted.current = null
    const value = linksOf(row)[target.value]
    ;(value ?? row).focus({ preventScroll: value === undefined })
  })

  const known = index !== null && index < rows.count ? index : null

  function moveTo(next: number, value = -1) {
    if (rows.count === 0) return
    const at = Math.max(0, Math.min(rows.count - 1, next))
    const tuple = rows.at(at)
    wanted.current = { index: at, value }
    setIndex(at)
    scrollTo(at)
    if (at === known) rowElement(scroller.current, at)?.focus({ preventScroll: true })
    if (tuple !== undefined && open !== null && open !== tuple.id) onOpen(tuple.id)
  }
  const start = () => known ?? rows.indexOf(open)
  useKey({ keys: 'j', does: 'row down', group: 'Rows' }, () => moveTo(start() + 1))
  useKey({ keys: 'k', does: 'row up', group: 'Rows' }, () => moveTo(start() - 1))

  useKey({ keys: 'x', does: 'select the focused row', group: 'Rows' }, () => known !== null && onTouch(known, false))
  useKey({ keys: 'X', does: 'select all rows up to it', group: 'Rows' }, () => known !== null && onTouch(known, true))

  useListedKeys(KEYS)

  function openAt(at: number) {
    const tuple = rows.at(at)
    if (tuple !== undefined) onOpen(tuple.id)
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.ctrlKey || event.metaKey || event.altKey || known === null || !(event.target instanceof HTMLElement)) return
    const row = event.target.closest<HTMLElement>('tr[data-row]')
    if (row === null || event.target.closest('button')) return
    const links = linksOf(row)
    const value = links.indexOf(event.target)
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / row.clientHeight) - 2)
    const moves: Readonly<Record<string, () => void>> = {
      ArrowDown: () => moveTo(known + 1, value),
      ArrowUp: () => moveTo(known - 1, value),
      PageDown: () => moveTo(known + page, value),
      PageUp: () => moveTo(known - page, value),
      Home: () => moveTo(0, value),
      End: () => moveTo(rows.count - 1, value),
      ArrowRight: () => links[value + 1]?.focus(),
      ArrowLeft: () => (value > 0 ? links[value - 1]!.focus() : row.focus()),
      ...(value < 0 ? { Enter: () => openAt(known) } : {}),
    }
    const move = moves[event.key]
    if (move === undefined) return
    event.preventDefault()
    event.stopPropagation()
    move()
  }
  return { index: known, onFocus: useCallback((at: number) => setIndex(at), []), onKeyDown }
}
