import 'server-only'
import type { Known } from '@/lib/context/known'
import type { BlobState } from '@/lib/flow/reading/blob'
import type { Context } from '@/lib/http/door/handle'
import type { Road, Survey } from '@/lib/ingest/road/road'
import { Scope } from '@/lib/query/where/scope'

interface Asker extends Pick<Context, 'road'> {
  identity: Pick<Context['identity'], 'key'>
}

/** Returns the context that a person may use. If people read with their own rights, an inventory shows only the NICs whose blobs are in the survey. */
function knownTo(known: Known, { road }: Asker, survey: Survey): Known {
  return road.isPersonal ? known.for(new Set(survey.needs.flatMap(({ blob }) => blob.mac ?? []))) : known
}

/** Returns the MACs of the NICs whose logs the person may read. */
export async function nicsOf(road: Road, signal: AbortSignal): Promise<ReadonlySet<string>> {
  const { logs } = await road.logs(signal, false)
  return new Set(logs.flatMap(({ macs }) => macs))
}

/** Returns the scope of a query about a survey, with context. `waits` for context files that have not been read yet, for answers that depend on them. */
export async function knowingScopeOf(asker: Asker & Pick<Context, 'contextFiles'>, survey: Survey, waits: boolean): Promise<Scope> {
  const { contextFiles } = asker
  const known = waits ? await contextFiles.known() : contextFiles.current
  return scopeOf(asker, survey).knowing(knownTo(known, asker, survey))
}

/** Returns the rows that may answer a query about a survey. For one person, these are the rows of the blobs that the survey found readable. */
function scopeOf({ road, identity }: Asker, survey: Survey): Scope {
  if (road.isPersonal)
    return Scope.ofBlobs(
      survey.needs.map(({ blob }) => blob.id),
      identity.key,
    )
  const ids = road.sources.map(({ id }) => id)
  for (const state of road.store.blobs().values()) if (!ids.includes(state.source)) return Scope.ofSources(ids)
  return Scope.everything
}

/** Returns the scope of a single blob (Blob.id), or null if it has not been read, or the person may not read it. */
export async function scopeOfBlob(
  { road, identity, signal }: Asker & Pick<Context, 'signal'>,
  id: number,
): Promise<{ scope: Scope; state: BlobState } | null> {
  const state = road.store.blobs().get(id)
  return state && (await road.shows(state, signal)) ? { scope: Scope.ofBlobs([id], identity.key), state } : null
}
