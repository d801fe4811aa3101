import 'server-only'
import { Problem } from '@/lib/flow/problem'
import type { View } from '@/lib/flow/view'
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

/** What reading a blob again gives. To one person a refusal says no more than that rights have changed: what was refused is not theirs to know. */
export async function readAgain<T>(road: Road, work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    throw road.isPersonal && error instanceof Problem && error.kind === 'denied' ? rightsChanged(error) : error
  }
}

/**
 * Before an answer goes out, or more of one: rights that are too old by now are asked for again.
 * @throws Problem `denied` when a blob that the answer rests on may not be read any more.
 */
export async function confirm({ road, view, survey, signal }: Asked): Promise<void> {
  if (!road.isStale(survey)) return
  const now = new Set((await road.survey(view, signal)).needs.map(({ blob }) => blob.id))
  if (survey.needs.some(({ blob }) => !now.has(blob.id))) throw rightsChanged()
}

/** Rows as they come, for as long as the asker may have them. */
export async function* confirmed<Batch>(asked: Asked, batches: AsyncIterable<Batch>): AsyncGenerator<Batch> {
  for await (const batch of batches) {
    await confirm(asked)
    yield batch
  }
}
