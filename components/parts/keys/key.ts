/** Headings of the list of keys, in their order. */
export const KEY_GROUPS = ['Ask', 'Go', 'In the filter', 'Rows', 'Values', 'Charts', 'Always'] as const

/** A key and its effect, as in the list of keys. */
export interface PressedKey {
  /** As `KeyboardEvent.key` has it: `/`, `Escape`, `F` for shift and f, or `g o` for one after the other. */
  keys: string
  /** Its effect in a few words: `row down`. */
  does: string
  group: (typeof KEY_GROUPS)[number]
}

const NAMES: Readonly<Record<string, string>> = {
  Escape: 'Esc',
  Control: 'Ctrl',
  Shift: '⇧',
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
}

/** The caps to press: `F` → `⇧` `f`, `g o` → `g` `o`, `Escape` → `Esc`. */
export function keyCaps(keys: string): string[] {
  return keys.split(' ').flatMap((key) => (/^[A-Z]$/.test(key) ? ['⇧', key.toLowerCase()] : [NAMES[key] ?? key]))
}
