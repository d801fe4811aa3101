import { DAY, floorTo, HOUR } from '@/lib/flow/time/bucket'
import { dayPrefix, hourPrefix } from '@/lib/source/model/path'

/** A listing to make: its prefix, and the end of the time that it covers (epoch milliseconds). */
export interface Listing {
  prefix: string
  end: number
}

const FEW_HOURS = 2

/** Prefixes spelled differently from Azure's, by the start of their day or hour. */
export type Spelled = ReadonlyMap<number, ReadonlySet<string>>

const NONE: Spelled = new Map()

/**
 * Returns listings that cover the hours first..last (epoch milliseconds, inclusive) in every known spelling: one for each day, or one for each hour if a day
 * needs at most two hours.
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
