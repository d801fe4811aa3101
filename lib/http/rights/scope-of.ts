import 'server-only'
import type { Known } from '@/lib/context/known'
import type { BlobState } from '@/lib/flow/reading/blob'
import type { Context } from '@/lib/http/door/handle'
import type { Road, Survey } from '@/lib/ingest/road/road'
import { Scope } from '@/lib/query/where/scope'

type Asker = Pick<Context, 'road' | 'identity'>

/**
 * What the asker may know of addresses. Where people read with their own rights, an inventory tells them of the NICs whose blobs are in the survey, and
 * of no other.
 */
function knownTo(known: Known, { road }: Asker, survey: Survey): Known {
  return road.isPersonal ? known.for(new Set(survey.needs.flatMap(({ blob }) => blob.mac ?? []))) : known
}

/** MACs of the NICs whose logs the asker may read. */
export async function nicsOf(road: Road, signal: AbortSignal): Promise<ReadonlySet<string>> {
  const { logs } = await road.logs(signal, false)
  return new Set(logs.flatMap(({ macs }) => macs))
}

/** The same for a question about a survey. `waits` for context files that have yet to be read, as an answer that depends on them has to. */
export async function knowingScopeOf(asker: Asker & Pick<Context, 'contextFiles'>, survey: Survey, waits: boolean): Promise<Scope> {
  const { contextFiles } = asker
  const known = waits ? await contextFiles.known() : contextFiles.current
  return scopeOf(asker, survey).knowing(knownTo(known, asker, survey))
}

/** What may answer a question about a survey. For one person that is the blobs which the survey found readable, and nothing else that is stored. */
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

/** The blob with this id (Blob.id) as what may answer, or null when it has not been read, or the asker may not read it. */
export async function scopeOfBlob(
  { road, identity, signal }: Asker & Pick<Context, 'signal'>,
  id: number,
): Promise<{ scope: Scope; state: BlobState } | null> {
  const state = road.store.blobs().get(id)
  return state && (await road.shows(state, signal)) ? { scope: Scope.ofBlobs([id], identity.key), state } : null
}
