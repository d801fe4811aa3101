import { type RefObject, useEffect, useState } from 'react'
import { flushSync } from 'react-dom'
import { inSight, type Span } from './window'

/** Before anything is measured. Pixels. */
const ROOM = { width: 1600, height: 900 }
/** Tables with up to so many cells are drawn whole. */
const SMALL = 2500

/** The rows and columns in sight while the frame is scrolled; all of them in print. */
export function useWindow(
  frame: RefObject<HTMLElement | null>,
  rows: { count: number; size: number },
  columns: { count: number; size: number },
): { rows: Span; columns: Span } {
  const [place, setPlace] = useState({ left: 0, top: 0, ...ROOM })
  const [printing, setPrinting] = useState(false)
  useEffect(() => {
    const { current } = frame
    if (current === null) return
    const measure = () =>
      setPlace({
        left: current.scrollLeft,
        top: current.scrollTop,
        width: current.clientWidth || ROOM.width,
        height: current.clientHeight || ROOM.height,
      })
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(current)
    current.addEventListener('scroll', measure, { passive: true })
    return () => {
      observer.disconnect()
      current.removeEventListener('scroll', measure)
    }
  }, [frame])
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
