import { type RefObject, useLayoutEffect, useState } from 'react'
import { flushSync } from 'react-dom'

/** Width of a drawing on paper, which is laid out before anything can be measured there: it fits the panels of A4 and of Letter. Pixels. */
export const PAPER_WIDTH = 680

/** The inner width of an element, without edges and scroll bar, in pixels; 0 before it is mounted, and the paper's while the page is printed. */
export function useWidth(element: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0)
  useLayoutEffect(() => {
    const { current } = element
    if (current === null) return
    const measure = () => setWidth(current.clientWidth)
    const print = () => flushSync(() => setWidth(PAPER_WIDTH))
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(current)
    window.addEventListener('beforeprint', print)
    window.addEventListener('afterprint', measure)
    return () => {
      observer.disconnect()
      window.removeEventListener('beforeprint', print)
      window.removeEventListener('afterprint', measure)
    }
  }, [element])
  return width
}
