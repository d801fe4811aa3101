import { type FilterField, fieldOf } from '@/lib/flow/field/fields'

/** The look of a value that is a link. */
export const VALUE_LINK =
  'data hit rounded-sm underline decoration-transparent underline-offset-3 transition-colors hover:text-accent hover:decoration-current'

/** The look of the button that opens the menu of a value; where it is, it takes no room. */
export const MENU_BUTTON =
  'absolute z-1 flex size-7 items-center justify-center rounded-md bg-raised text-muted shadow-float before:content-["⋯"] hover:text-ink'

/** Returns the field and the value in words. */
export function wordsOf(field: FilterField, value: string): string {
  return `${fieldOf(field).label} ${value}`
}

/** Returns the tooltip of a value that is called `about`. */
export function valueTitle(about: string): string {
  return `${about}\nclick: only this · alt-click: without it · right-click: more`
}
