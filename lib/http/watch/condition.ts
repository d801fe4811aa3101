import 'server-only'
import type { Condition } from '@/lib/flow/answer/kept/watch'
import type { Thresholds } from '@/lib/flow/finding/facts'
import { hash53 } from '@/lib/flow/hash'
import { Problem } from '@/lib/flow/problem'
import { DAY, MINUTE } from '@/lib/flow/time/bucket'
import { noveltiesOf } from '@/lib/flow/view/novelties'
import type { View } from '@/lib/flow/view/view'
import { holdToLimits } from '@/lib/http/ask/answering/resolve'
import { thresholdsOf } from '@/lib/http/findings/thresholds-of'
import { readDuration } from '@/lib/link/keys/instant'
import { listsIn } from '@/lib/link/language/lists'
import { parseFilter } from '@/lib/link/language/parse'
import { located } from '@/lib/link/params'

/** Minimum and maximum length of a window. Milliseconds. */
const WINDOW = { least: 5 * MINUTE, most: DAY }

/** Returns the length of the windows. Milliseconds. @throws Problem `ask` */
export function windowOf({ window }: Extract<Condition, { about: 'filter' }>): number {
  const length = at('window', () => readDuration(window))
  if (length < WINDOW.least || length > WINDOW.most)
    throw new Problem('ask', `Key window: ${window} is out of place; expected 5m to 1d`, { key: 'window', at: 0 })
  return length
}

function at<Value>(key: string, read: () => Value): Value {
  try {
    return read()
  } catch (error) {
    throw located(key, error)
  }
}

/** Returns the view that a condition asks for in a range. @throws Problem `ask` */
export function viewOf({ q, logs }: Condition, from: number, to: number): View {
  const view: View = { from, to, q, filter: at('q', () => parseFilter(q)), logs: [...logs], asof: null, once: false }
  if (listsIn(view.filter).size > 0 || noveltiesOf(view.filter).length > 0)
    throw new Problem('ask', 'Filter: a watch cannot ask for what is new or by saved lists; expected other terms', { key: 'q', at: 0 })
  holdToLimits(view, view)
  return view
}

/** Returns the parameters of the kinds of findings. @throws Problem `ask` */
export function parametersOf({ thresholds }: Extract<Condition, { about: 'findings' }>): Thresholds {
  return thresholdsOf(thresholds)
}

/** @throws Problem `ask` that names the part of a condition that cannot be asked, and the position. */
export function checkCondition(condition: Condition): void {
  viewOf(condition, 0, DAY)
  if (condition.about === 'filter') windowOf(condition)
  else parametersOf(condition)
}

/** Returns the id of an alert: the same watch, condition and `what` (a finding's id or a window's start) give the same id. */
export function alertId(watch: string, condition: Condition, what: string | number): string {
  return hash53(JSON.stringify([watch, condition, what])).toString(36)
}
