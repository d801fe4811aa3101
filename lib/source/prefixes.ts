import { DAY, floorTo, HOUR } from '@/lib/flow/bucket'
import { dayPrefix, hourPrefix } from './path'

/** A listing to make: its prefix, and when what it covers has ended (epoch milliseconds). */
export interface Listing {
  prefix: string
  end: number
}

const FEW_HOURS = 2

/** Listings that cover the hours first..last (epoch milliseconds, inclusive): a day each, or an hour each where a day needs no more than two. */
export function listings(base: string, first: number, last: number): Listing[] {
  const plan: Listing[] = []
  for (let day = floorTo(first, DAY); day <= last; day += DAY) {
    const from = Math.max(day, floorTo(first, HOUR))
    const to = Math.min(day + DAY - HOUR, floorTo(last, HOUR))
    const hours = (to - from) / HOUR + 1
    if (hours > FEW_HOURS) plan.push({ prefix: dayPrefix(base, day), end: day + DAY })
    else for (let hour = from; hour <= to; hour += HOUR) plan.push({ prefix: hourPrefix(base, hour), end: hour + HOUR })
  }
  return plan
}
