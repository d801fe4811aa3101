import { DENY, STATE_BEGIN, STATE_NONE } from '@/lib/flow/tuple/tuple'
import { Sql } from './sql'

/**
 * True if a row counts as a new flow: the first row of each flow, every denied attempt, and every row of NSG v1, which logs only new flows. Both forms of the
 * rule are defined only here.
 */
export function isNewFlow(action: number, state: number): boolean {
  return action === DENY || state === STATE_BEGIN || state === STATE_NONE
}

/** The same as a condition on `action` and `state`, which are never null in any engine. */
export const NEW_FLOW = Sql.of([`(state = ${STATE_BEGIN} or state = ${STATE_NONE} or action = ${DENY})`], [])
