import 'server-only'
import type { Basis } from '@/lib/flow/answer/answer'
import { Problem } from '@/lib/flow/problem'
import { withBaseline } from '@/lib/flow/view/novelties'
import type { View } from '@/lib/flow/view/view'
import { beyond } from '@/lib/http/door/beyond'
import { type Context, handle, type Path } from '@/lib/http/door/handle'
import { respondJson } from '@/lib/http/report/respond'
import { confirm } from '@/lib/http/rights/confirm'
import { knowingScopeOf } from '@/lib/http/rights/scope-of'
import type { Road, Survey } from '@/lib/ingest/road/road'
import { readStrict } from '@/lib/link/params'
import { type Answer, type AnsweredView, type RouteOptions, type RouteView, VIEWS } from '@/lib/link/views'
import type { Scoped } from '@/lib/query/where/scope'
import { isByContext } from './by-context'
import { fetchRange } from './fetch-range'
import { keptFilter } from './kept-filter'
import { describeView, resolve } from './resolve'
import { turnFor } from './turns'

export interface ViewAsking<V extends RouteView> extends Context {
  view: View
  survey: Survey
  options: RouteOptions<V> & Scoped
}

interface Preparing<V extends RouteView> {
  /** May refuse values that do not go together before anything is read. */
  check?: (options: RouteOptions<V>) => void
  /** It is about the range alone, and not about the baselines that its filter names. */
  isOfRange?: boolean
}

/**
 * Reads the link strictly and gives the view its instants; evidence is never judged by remembered listings; unless `wait=0`, resolves once the range has
 * been read, with the baselines that its filter names.
 */
export async function prepare<V extends RouteView>(
  name: V,
  context: Context,
  { check, isOfRange = false }: Preparing<V> = {},
): Promise<ViewAsking<V>> {
  await turnFor(context.params.get('q') ?? '', context.signal)
  const { asked, options } = readStrict(name, context.params, keptFilter)
  check?.(options)
  if ('limit' in options) beyond('rows', Number(options.limit), 'Answer', { unit: 'rows', key: 'limit' })
  const wait = 'wait' in options && options.wait !== false
  const view = await resolve(context, asked, wait)
  if (name === 'evidence') context.road.refresh()
  const needed = isOfRange ? view : withBaseline(view)
  const found = await context.road.survey(needed, context.signal)
  if (wait) await fetchRange(context, found)
  const survey = context.road.isStale(found) ? await context.road.survey(needed, context.signal) : found
  const scope = await knowingScopeOf(context, survey, isByContext(view, options))
  return { ...context, view, survey, options: { ...options, scope } }
}

/** A route that answers one question about a view: its part, with the view and the coverage that every answer carries, checked against its schema. */
export function answering<V extends AnsweredView>(
  name: V,
  ask: (asking: ViewAsking<V>, path: Path) => Promise<Omit<Answer<V>, keyof Basis>>,
  preparing: Preparing<V> = {},
) {
  return handle(name, async (context, path) => {
    const asking = await prepare(name, context, preparing)
    const { answer: part, coverage } = await context.road.covered(asking.survey, () => ask(asking, path))
    if ('rows' in part && Array.isArray(part.rows)) context.count(part.rows.length)
    await confirm(asking)
    const schema = await VIEWS[name].route.answer()
    const answer = schema.safeParse({ view: describeView(asking.view), coverage, ...part })
    if (!answer.success) throw new Problem('store', `Answer of ${name} does not match its schema`, { cause: answer.error })
    return respondJson(answer.data, context.requestId)
  })
}

type Question<V extends RouteView, Part> = (
  store: Road['store'],
  view: View,
  options: ViewAsking<V>['options'],
  signal: AbortSignal,
) => Promise<Part>

/** Remembers the result of a query that only uses the store, until the store changes. */
export function remembered<V extends RouteView, Part>(name: V, ask: Question<V, Part>): (asking: ViewAsking<V>) => Promise<Part> {
  return ({ road: { store }, memo, view, options, signal }) => {
    const { filter: _, ...rest } = view
    return memo.get(JSON.stringify([name, rest, options]), store.revision, () => ask(store, view, options, signal))
  }
}
