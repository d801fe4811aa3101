import { DENY, STATE_BEGIN, STATE_NONE } from '@/lib/flow/tuple'
import { Sql } from './sql'

/**
 * Whether a row counts as a new flow: the first row of each, every denied attempt, and NSG v1, which writes nothing but new flows. Both forms of the
 * rule stand here and nowhere else.
 */
export function isNewFlow(action: number, state: number): boolean {
  return action === DENY || state === STATE_BEGIN || state === STATE_NONE
}

/** The same as a condition over `action` and `state`, which no engine finds null. */
export const NEW_FLOW = Sql.of([`(state = ${STATE_BEGIN} or state = ${STATE_NONE} or action = ${DENY})`], [])
