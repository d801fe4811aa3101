import 'server-only'
import { type HealthAnswer, healthAnswer, type LogsAnswer } from '@/lib/flow/answers'
import type { Survey } from '@/lib/ingest/road'
import type { Context } from './handle'
import { handle } from './handle'
import { respondJson } from './respond'
import { version } from './version'

type Sources = LogsAnswer['sources']

/** The configured sources, each with what is wrong with it. */
export function describeSources({ road }: Pick<Context, 'road'>, failed: Survey['failed']): Sources {
  return road.sources.map((source) => {
    const problem = failed.find((one) => one.source.id === source.id)?.problem
    return { id: source.id, name: source.name, kind: source.kind, problem: problem?.message ?? null }
  })
}

export const health = handle('health', async (context) => {
  const { road, signal, requestId } = context
  const { failed } = await road.extents(signal)
  const newest = await road.newest(signal, false)
  const sources = describeSources(context, failed)
  const answer: HealthAnswer = {
    status: sources.length === 0 ? 'unconfigured' : failed.length > 0 ? 'degraded' : 'ok',
    version,
    engine: road.store.engine,
    sources,
    newest: newest === null ? null : new Date(newest).toISOString(),
  }
  return respondJson(healthAnswer.parse(answer), requestId)
})
