/** Cells of a table that are in sight, and a few more: `first` is in it, `end` is not. */
export interface Span {
  first: number
  end: number
}

const MORE = 4

export function inSight(offset: number, room: number, size: number, count: number): Span {
  const first = Math.max(0, Math.floor(offset / size) - MORE)
  return { first: Math.min(first, count), end: Math.min(count, Math.ceil((offset + room) / size) + MORE) }
}
