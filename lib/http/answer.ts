import 'server-only'
import type { z } from 'zod'
import type { Coverage } from '@/lib/flow/answers'
import { Problem } from '@/lib/flow/problem'
import type { View } from '@/lib/flow/view'
import type { Road, Survey } from '@/lib/ingest/road'
import { readStrict } from '@/lib/link/params'
import type { Options, ViewName } from '@/lib/link/views'
import type { Scoped } from '@/lib/query/scope'
import { beyond } from './beyond'
import { confirm } from './confirm'
import { fetchRange } from './fetch-range'
import { type Context, handle, type Path } from './handle'
import { describeView, resolve } from './resolve'
import { respondJson } from './respond'
import { scopeOf } from './scope-of'

export interface Asking<V extends ViewName> extends Context {
  view: View
  survey: Survey
  options: Options<V> & Scoped
}

/**
 * Reads the link strictly and gives the view its instants; evidence is never judged by remembered listings; unless `wait=0`, resolves once the range has
 * been read. `check` may refuse values that do not go together before anything is read.
 */
export async function prepare<V extends ViewName>(name: V, context: Context, check?: (options: Options<V>) => void): Promise<Asking<V>> {
  const { asked, options } = readStrict(name, context.params)
  check?.(options)
  if ('limit' in options) beyond('rows', Number(options.limit), 'Answer', { unit: 'rows', key: 'limit' })
  const wait = name !== 'plan' && (!('wait' in options) || options.wait !== false)
  const view = await resolve(context, asked, wait)
  if (name === 'evidence') context.road.refresh()
  const found = await context.road.survey(view, context.signal)
  if (wait) await fetchRange(context, found)
  const survey = context.road.isStale(found) ? await context.road.survey(view, context.signal) : found
  return { ...context, view, survey, options: { ...options, scope: scopeOf(context, survey) } }
}

/** A route that answers one question about a view: its part, with the view and the coverage that every answer carries, checked against its schema. */
export function answering<V extends ViewName, Answer extends { coverage: Coverage }>(
  name: V,
  schema: z.ZodType<Answer>,
  ask: (asking: Asking<V>, path: Path) => Promise<Omit<Answer, 'view' | 'coverage'>>,
) {
  return handle(name, async (context, path) => {
    const asking = await prepare(name, context)
    const part = await ask(asking, path)
    if ('rows' in part && Array.isArray(part.rows)) context.count(part.rows.length)
    const coverage = await context.road.coverage(asking.survey)
    await confirm(asking)
    const answer = schema.safeParse({ view: describeView(asking.view), coverage, ...part })
    if (!answer.success) throw new Problem('store', `Answer of ${name} has not the shape it should have`, { cause: answer.error })
    return respondJson(answer.data, context.requestId)
  })
}

type Question<V extends ViewName, Part> = (
  store: Road['store'],
  view: View,
  options: Asking<V>['options'],
  signal: AbortSignal,
) => Promise<Part>

/** A question that the store alone answers: as long as it does not change, the same question has the same answer. */
export function remembered<V extends ViewName, Part>(name: V, ask: Question<V, Part>): (asking: Asking<V>) => Promise<Part> {
  return ({ road: { store }, memo, view, options, signal }) => {
    const { filter: _, ...rest } = view
    return memo.get(JSON.stringify([name, rest, options]), store.revision, () => ask(store, view, options, signal))
  }
}
