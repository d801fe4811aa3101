import 'server-only'
import { type LimitName, variableOf } from '@/lib/config/limits'
import { Problem } from '@/lib/flow/problem'
import { settings } from '@/lib/http/server/settings'

interface Said {
  /** Name of the unit, and its size in the limit's own unit. */
  unit: string
  per?: number
  /** The link key that holds the amount. */
  key?: string
}

/**
 * Refuses an amount that exceeds its limit.
 * @throws Problem `ask` that names the limit, its variable and both amounts
 */
export function beyond(name: LimitName, amount: number, subject: string, { unit, per = 1, key }: Said): void {
  const most = settings().limits[name]
  if (amount <= most) return
  const say = (n: number) => Number((n / per).toFixed(2))
  const message = `${subject} exceeds the limit: ${say(amount)} ${unit}; ${variableOf(name)} allows ${say(most)}`
  throw new Problem('ask', message, key === undefined ? {} : { key })
}

/**
 * Refuses a request if too many of its kind are running.
 * @throws Problem `limit` with a time to retry
 */
export function crowded(name: LimitName, amount: number, subject: string): void {
  const most = settings().limits[name]
  if (amount <= most) return
  throw new Problem('limit', `${subject}: ${variableOf(name)} allows ${most}; try again when one of them has finished`, { retryAfter: 2 })
}
