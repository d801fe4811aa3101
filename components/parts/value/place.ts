/** Position of a menu, in pixels of the window, and the element that gets the focus back. */
export interface MenuPlace {
  box: { left: number; top: number; width: number; height: number }
  from: HTMLElement
}
