/** Keys that say what is asked about; they travel between pages, and every answer is asked with them. */
export const DATA_KEYS = ['from', 'to', 'last', 'q', 'log', 'asof'] as const

/** Keys that stay when the page changes: the question, and how times are written. */
export const KEPT_KEYS = [...DATA_KEYS, 'tz'] as const
