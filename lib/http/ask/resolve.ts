import 'server-only'
import type { ResolvedView } from '@/lib/flow/answer/answer'
import { DAY } from '@/lib/flow/bucket'
import type { Filter } from '@/lib/flow/filter'
import { type Asked, resolveView, type View } from '@/lib/flow/view'
import { beyond } from '@/lib/http/door/beyond'
import type { Context } from '@/lib/http/door/handle'

/** Brackets and negations inside each other. */
function depthOf(filter: Filter | null): number {
  if (filter === null || filter.op === 'match') return 0
  const parts = filter.op === 'not' ? [filter.of] : filter.of
  return 1 + parts.reduce((deepest, part) => Math.max(deepest, depthOf(part)), 0)
}

/** @throws Problem `ask` that names the limit which a question is beyond. */
function holdToLimits({ q, filter }: Asked, { from, to }: View): void {
  beyond('filterLength', q.length, 'Filter', { unit: 'characters', key: 'q' })
  beyond('filterDepth', depthOf(filter), 'Filter', { unit: 'levels', key: 'q' })
  beyond('range', to - from, 'Range', { unit: 'days', per: DAY, key: 'from' })
}

/** Gives the asked range its instants, and holds it to its limits; with `wait`, loose files are read first where the newest data decides. */
export async function resolve({ road, signal }: Context, asked: Asked, wait: boolean): Promise<View> {
  const newest = asked.range.kind === 'newest' ? await road.newest(signal, wait) : null
  const view = resolveView(asked, Date.now(), newest)
  holdToLimits(asked, view)
  return view
}

/** The view as every answer carries it. */
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
