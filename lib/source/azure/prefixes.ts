import { DAY, floorTo, HOUR } from '@/lib/flow/bucket'
import { dayPrefix, hourPrefix } from '@/lib/source/model/path'

/** A listing to make: its prefix, and when what it covers has ended (epoch milliseconds). */
export interface Listing {
  prefix: string
  end: number
}

const FEW_HOURS = 2

/** Prefixes that are spelled in another way than Azure's, by the start of their day or hour. */
export type Spelled = ReadonlyMap<number, ReadonlySet<string>>

const NONE: Spelled = new Map()

/**
 * Listings that cover the hours first..last (epoch milliseconds, inclusive): a day each, or an hour each where a day needs no more than two, with every
 * spelling that is known of them.
 */
export function listings(base: string, first: number, last: number, days: Spelled = NONE, hours: Spelled = NONE): Listing[] {
  const plan: Listing[] = []
  const push = (canonical: string, spelled: Iterable<string> = [], end: number) =>
    plan.push(...[...new Set([canonical, ...spelled])].map((prefix) => ({ prefix, end })))
  for (let day = floorTo(first, DAY); day <= last; day += DAY) {
    const from = Math.max(day, floorTo(first, HOUR))
    const to = Math.min(day + DAY - HOUR, floorTo(last, HOUR))
    const count = (to - from) / HOUR + 1
    if (count > FEW_HOURS) push(dayPrefix(base, day), days.get(day), day + DAY)
    else for (let hour = from; hour <= to; hour += HOUR) push(hourPrefix(base, hour), hours.get(hour), hour + HOUR)
  }
  return plan
}
