import type { RefObject } from 'react'
import { useKey } from './use-key'

function isSeen(element: Element): boolean {
  return element.getClientRects().length > 0
}

/** Makes `j` and `k` move the focus down and up the rows of a table that have a head, to the first link or button in each. */
export function useRowKeys(table: RefObject<HTMLElement | null>): void {
  const move = (by: 1 | -1) => () => {
    const rows = [...(table.current?.querySelectorAll('tr') ?? [])].filter((row) => row.querySelector('th[scope=row]') !== null)
    const at = rows.findIndex((row) => row.contains(document.activeElement))
    const next = rows[at < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, at + by))]
    const stop = [...(next?.querySelectorAll<HTMLElement>('a, button') ?? [])].find(isSeen)
    stop?.focus()
  }
  useKey({ keys: 'j', does: 'row down', group: 'Rows' }, move(1))
  useKey({ keys: 'k', does: 'row up', group: 'Rows' }, move(-1))
}
