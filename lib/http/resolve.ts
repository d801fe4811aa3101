import 'server-only'
import type { ResolvedView } from '@/lib/flow/answers'
import { type Asked, resolveView, type View } from '@/lib/flow/view'
import type { Context } from './handle'
import { holdToLimits } from './hold-to-limits'

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
