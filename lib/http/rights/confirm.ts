import 'server-only'
import { Problem } from '@/lib/flow/problem'
import { withBaseline } from '@/lib/flow/view/novelties'
import type { View } from '@/lib/flow/view/view'
import type { Road, Survey } from '@/lib/ingest/road/road'

interface Asked {
  road: Road
  view: View
  survey: Survey
  signal: AbortSignal
}

function rightsChanged(cause?: unknown): Problem {
  return new Problem('denied', 'Rights to what this answer rests on have changed while it was made: ask again', { cause })
}

/** Reads a blob again. If a person is refused, the problem only says that rights have changed, because they may not know what was refused. */
export async function readAgain<T>(road: Road, work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    throw road.isPersonal && error instanceof Problem && error.kind === 'denied' ? rightsChanged(error) : error
  }
}

/**
 * Checks rights that are too old again, before an answer or a part of it is sent.
 * @throws Problem `denied` if a blob that the answer rests on may no longer be read
 */
export async function confirm({ road, view, survey, signal }: Asked): Promise<void> {
  if (!road.isStale(survey)) return
  const now = new Set((await road.survey(withBaseline(view), signal)).needs.map(({ blob }) => blob.id))
  if (survey.needs.some(({ blob }) => !now.has(blob.id))) throw rightsChanged()
}

/** Yields rows as long as the person may read them. */
export async function* confirmed<Batch>(asked: Asked, batches: AsyncIterable<Batch>): AsyncGenerator<Batch> {
  for await (const batch of batches) {
    await confirm(asked)
    yield batch
  }
}
