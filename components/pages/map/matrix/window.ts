/** Visible cells of a table, and a few more: `first` is included, `end` is not. */
export interface VisibleSpan {
  first: number
  end: number
}

const MORE = 4

export function inSight(offset: number, room: number, size: number, count: number): VisibleSpan {
  const first = Math.max(0, Math.floor(offset / size) - MORE)
  return { first: Math.min(first, count), end: Math.min(count, Math.ceil((offset + room) / size) + MORE) }
}
