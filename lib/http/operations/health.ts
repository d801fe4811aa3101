import 'server-only'
import { type HealthAnswer, healthAnswer } from '@/lib/flow/answer/read/health'
import type { LogsAnswer } from '@/lib/flow/answer/read/logs'
import type { LogExtent } from '@/lib/flow/reading/blob'
import type { Context } from '@/lib/http/door/handle'
import { handle } from '@/lib/http/door/handle'
import { respondJson } from '@/lib/http/report/respond'
import { settings } from '@/lib/http/server/settings'
import { version } from '@/lib/http/server/version'
import type { Road, Survey } from '@/lib/ingest/road/road'

type Sources = LogsAnswer['sources']

/** Returns the configured sources, each with its problem. */
export function describeSources({ road }: Pick<Context, 'road'>, failed: Survey['failed']): Sources {
  return road.sources.map((source) => {
    const problem = failed.find((one) => one.source.id === source.id)?.problem
    const expires = source.expires == null ? null : new Date(source.expires).toISOString()
    return { id: source.id, name: source.name, kind: source.kind, problem: problem?.message ?? null, expires }
  })
}

/** Longest wait for a source. Milliseconds. */
const PATIENCE = 2000

/**
 * Returns the flush time of the newest record read so far. Before any was read, and for a single person, returns the start of the newest hour in a blob path.
 */
function newestRecord(road: Road, extents: readonly LogExtent[]): number | null {
  let newest = Number.NEGATIVE_INFINITY
  if (!road.isPersonal) for (const { through } of road.store.blobs().values()) if (through !== null && through > newest) newest = through
  if (newest === Number.NEGATIVE_INFINITY) for (const { last } of extents) newest = Math.max(newest, last)
  return newest === Number.NEGATIVE_INFINITY ? null : newest
}

export const health = handle('health', async (context) => {
  const { road, signal, requestId } = context
  const { extents, failed } = await road.extents(signal, PATIENCE)
  const newest = newestRecord(road, extents)
  const sources = describeSources(context, failed)
  const answer: HealthAnswer = {
    status: sources.length === 0 ? 'unconfigured' : failed.length > 0 ? 'degraded' : 'ok',
    version,
    engine: road.store.engine,
    sources,
    newest: newest === null ? null : new Date(newest).toISOString(),
    lookups: [...settings().lookups],
  }
  return respondJson(healthAnswer.parse(answer), requestId)
})
