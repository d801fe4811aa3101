import { type RefObject, useEffect, useState } from 'react'
import { flushSync } from 'react-dom'
import { inSight, type VisibleSpan } from './window'

/** Assumed size before it is measured. Pixels. */
const ROOM = { width: 1600, height: 900 }
/** Maximum number of cells of a table that is rendered completely. */
const SMALL = 2500
/** Number of rows or columns to scroll before the drawn part changes; it must be less than the rows and columns drawn beyond the visible ones. */
const STRIDE = 2

function snapped(offset: number, size: number): number {
  return Math.floor(offset / (size * STRIDE)) * size * STRIDE
}

/** Returns the visible rows and columns while the frame is scrolled; all of them in print. */
export function useWindow(
  frame: RefObject<HTMLElement | null>,
  rows: { count: number; size: number },
  columns: { count: number; size: number },
): { rows: VisibleSpan; columns: VisibleSpan } {
  const [place, setPlace] = useState({ left: 0, top: 0, ...ROOM })
  const [printing, setPrinting] = useState(false)
  useEffect(() => {
    const { current } = frame
    if (current === null) return
    const measure = () => {
      const next = {
        left: snapped(current.scrollLeft, columns.size),
        top: snapped(current.scrollTop, rows.size),
        width: current.clientWidth || ROOM.width,
        height: current.clientHeight || ROOM.height,
      }
      setPlace((last) => (Object.entries(next).every(([key, value]) => last[key as keyof typeof last] === value) ? last : next))
    }
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(current)
    current.addEventListener('scroll', measure, { passive: true })
    return () => {
      observer.disconnect()
      current.removeEventListener('scroll', measure)
    }
  }, [frame, rows.size, columns.size])
  useEffect(() => {
    const begin = () => flushSync(() => setPrinting(true))
    const end = () => setPrinting(false)
    window.addEventListener('beforeprint', begin)
    window.addEventListener('afterprint', end)
    return () => {
      window.removeEventListener('beforeprint', begin)
      window.removeEventListener('afterprint', end)
    }
  }, [])
  if (printing || rows.count * columns.count <= SMALL)
    return { rows: { first: 0, end: rows.count }, columns: { first: 0, end: columns.count } }
  return {
    rows: inSight(place.top, place.height, rows.size, rows.count),
    columns: inSight(place.left, place.width, columns.size, columns.count),
  }
}
