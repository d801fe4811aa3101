const SECOND = 1000
export const MINUTE = 60 * SECOND
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

const WIDTHS = [
  SECOND,
  5 * SECOND,
  10 * SECOND,
  30 * SECOND,
  MINUTE,
  2 * MINUTE,
  5 * MINUTE,
  10 * MINUTE,
  15 * MINUTE,
  30 * MINUTE,
  HOUR,
  2 * HOUR,
  3 * HOUR,
  6 * HOUR,
  12 * HOUR,
  DAY,
  7 * DAY,
  30 * DAY,
]

export function floorTo(t: number, width: number): number {
  return Math.floor(t / width) * width
}

/** The narrowest width (milliseconds) that covers [from, to) in at most `buckets` buckets aligned to the epoch. */
export function bucketWidth(from: number, to: number, buckets: number): number {
  for (const width of WIDTHS) if (Math.ceil(to / width) - Math.floor(from / width) <= buckets) return width
  let width = WIDTHS[WIDTHS.length - 1]!
  while (Math.ceil(to / width) - Math.floor(from / width) > buckets) width *= 2
  return width
}
