import 'server-only'
import type { BlobState } from '@/lib/flow/blob'
import type { Survey } from '@/lib/ingest/road'
import { Scope } from '@/lib/query/scope'
import type { Context } from './handle'

type Asker = Pick<Context, 'road' | 'identity'>

/** What may answer a question about a survey. For one person that is the blobs which the survey found readable, and nothing else that is stored. */
export function scopeOf({ road, identity }: Asker, survey: Survey): Scope {
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
