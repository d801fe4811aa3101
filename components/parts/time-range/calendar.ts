import { type Zone, zoneOffset } from '@/components/parts/format/time'
import { DAY } from '@/lib/flow/time/bucket'

/** A zone of the page, or a fixed offset from UTC in milliseconds. */
export type WallZone = Zone | number

/** A date and time of day as shown in a zone. Months count from 1. */
export interface Wall {
  year: number
  month: number
  day: number
  hour: number
  minute: number
  second: number
  ms: number
}

const MIDNIGHT = { hour: 0, minute: 0, second: 0, ms: 0 } as const

/** The date and time of an instant (epoch milliseconds) in a zone. */
export function wallOf(t: number, place: WallZone): Wall {
  const d = new Date(t + (typeof place === 'number' ? place : zoneOffset(t, place)))
  return {
    year: d.getUTCFullYear(),
    month: d.getUTCMonth() + 1,
    day: d.getUTCDate(),
    hour: d.getUTCHours(),
    minute: d.getUTCMinutes(),
    second: d.getUTCSeconds(),
    ms: d.getUTCMilliseconds(),
  }
}

/**
 * Returns the instant of a date and time; days and months beyond their end continue into the next. A time that the clock skips is counted from before the
 * change; of a time that it repeats, the first one counts.
 */
export function instantOf({ year, month, day, hour, minute, second, ms }: Wall, place: WallZone): number {
  if (place === 'local') return new Date(year, month - 1, day, hour, minute, second, ms).getTime()
  return Date.UTC(year, month - 1, day, hour, minute, second, ms) - (place === 'utc' ? 0 : place)
}

/** The start of a day; `day` may lie beyond the month's end. */
export function dayStart(year: number, month: number, day: number, place: WallZone): number {
  return instantOf({ year, month, day, ...MIDNIGHT }, place)
}

export function startOfDay(t: number, place: WallZone): number {
  return instantOf({ ...wallOf(t, place), ...MIDNIGHT }, place)
}

/** The same time of day, days later; a day is 23 or 25 hours long if the clock changes. */
export function addDays(t: number, days: number, place: WallZone): number {
  const wall = wallOf(t, place)
  return instantOf({ ...wall, day: wall.day + days }, place)
}

/** The same time of day, months later. For days that every month has. */
export function addMonths(t: number, months: number, place: WallZone): number {
  const wall = wallOf(t, place)
  return instantOf({ ...wall, month: wall.month + months }, place)
}

/** True if the calendar has this day. */
export function isDay(year: number, month: number, day: number): boolean {
  const d = new Date(Date.UTC(year, month - 1, day))
  return d.getUTCMonth() === month - 1 && d.getUTCDate() === day
}

/** Number of days between two midnights, or null if the instants are none. */
export function daysBetween(from: number, to: number, place: WallZone): number | null {
  if (startOfDay(from, place) !== from || startOfDay(to, place) !== to) return null
  return Math.round((to - from) / DAY)
}

/** Number of months between two firsts of a month, or null if the instants are none. */
export function monthsBetween(from: number, to: number, place: WallZone): number | null {
  if (daysBetween(from, to, place) === null) return null
  const [a, b] = [wallOf(from, place), wallOf(to, place)]
  return a.day === 1 && b.day === 1 ? (b.year - a.year) * 12 + b.month - a.month : null
}
