import 'server-only'
import { type LimitName, variableOf } from '@/lib/config/limits'
import { Problem } from '@/lib/flow/problem'
import { settings } from './settings'

interface Said {
  /** What one of them is called, and how many of what the limit is in that makes. */
  unit: string
  per?: number
  /** The link key that asked for it. */
  key?: string
}

/**
 * Holds an amount to its limit.
 * @throws Problem `ask` that names the limit, its variable and both amounts.
 */
export function beyond(name: LimitName, amount: number, subject: string, { unit, per = 1, key }: Said): void {
  const most = settings().limits[name]
  if (amount <= most) return
  const say = (n: number) => Number((n / per).toFixed(2))
  const message = `${subject} is beyond the limit: ${say(amount)} ${unit}, and ${variableOf(name)} allows ${say(most)}`
  throw new Problem('ask', message, key === undefined ? {} : { key })
}

/** Holds what happens at once to its limit. @throws Problem `limit`, to be tried again soon. */
export function crowded(name: LimitName, amount: number, subject: string): void {
  const most = settings().limits[name]
  if (amount <= most) return
  throw new Problem('limit', `${subject}: ${variableOf(name)} allows ${most}; ask again when one of them is answered`, { retryAfter: 2 })
}
