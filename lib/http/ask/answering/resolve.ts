import 'server-only'
import type { ResolvedView } from '@/lib/flow/answer/answer'
import { DAY } from '@/lib/flow/time/bucket'
import type { Filter } from '@/lib/flow/view/filter'
import { withBaseline } from '@/lib/flow/view/novelties'
import { type Asked, resolveView, type View } from '@/lib/flow/view/view'
import { beyond } from '@/lib/http/door/beyond'
import type { Context } from '@/lib/http/door/handle'
import { namedLists } from '@/lib/http/saved/named-lists'

/** Returns the nesting of brackets and negations. */
function depthOf(filter: Filter | null): number {
  if (filter === null || filter.op === 'match') return 0
  const parts = filter.op === 'not' ? [filter.of] : filter.of
  return 1 + parts.reduce((deepest, part) => Math.max(deepest, depthOf(part)), 0)
}

/** @throws Problem `ask` that names the limit which a query exceeds */
export function holdToLimits({ q, filter }: Pick<Asked, 'q' | 'filter'>, { from, to }: Pick<View, 'from' | 'to'>): void {
  beyond('filterLength', q.length, 'Filter', { unit: 'characters', key: 'q' })
  beyond('filterDepth', depthOf(filter), 'Filter', { unit: 'levels', key: 'q' })
  beyond('range', to - from, 'Range', { unit: 'days', per: DAY, key: 'from' })
  beyond('range', to - withBaseline({ from, to, filter }).from, 'Range with the baseline of its filter', {
    unit: 'days',
    per: DAY,
    key: 'q',
  })
}

/**
 * Resolves the requested range, inserts the saved lists that the filter names, and checks the limits. With `wait`, loose files are read first if the range
 * depends on the newest data.
 */
export async function resolve({ road, lists, signal }: Context, asked: Asked, wait: boolean): Promise<View> {
  const newest = asked.range.kind === 'newest' ? await road.newest(signal, wait) : null
  const view = { ...resolveView(asked, Date.now(), newest), ...(await namedLists(lists, asked)) }
  holdToLimits(view, view)
  return view
}

/** Returns the view in the form of every answer. */
export function describeView(view: View): ResolvedView {
  const { from, to, q, logs, asof, once } = view
  return {
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
    q,
    logs,
    asof: asof === null ? null : new Date(asof).toISOString(),
    once,
  }
}
