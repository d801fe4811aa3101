/** Where a menu opens, in pixels of the window, and what gets the focus back. */
export interface Place {
  box: { left: number; top: number; width: number; height: number }
  from: HTMLElement
}
