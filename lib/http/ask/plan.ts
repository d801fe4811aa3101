import 'server-only'
import type { Plan } from '@/lib/flow/answer/read/plan'
import type { Context } from '@/lib/http/door/handle'
import type { Survey } from '@/lib/ingest/road/road'

/** Returns the cost of reading the survey; reads nothing. */
export async function planOf({ road, pace, askAbove, signal }: Context, survey: Survey): Promise<Plan> {
  await road.measure(survey, signal)
  const { blobs, bytes, blobsRead, bytesRead } = road.progress(survey)
  const estimateMs = pace.estimate({ bytes: bytes - bytesRead, blobs: blobs - blobsRead })
  return { blobs, bytes, cachedBlobs: blobsRead, cachedBytes: bytesRead, estimateMs, askAbove }
}

/** Returns the plan of a survey that would read more than the server reads without confirmation, else null. */
export async function planToAgree(context: Context, survey: Survey): Promise<Plan | null> {
  const most = survey.needs.reduce((sum, { blob }) => sum + blob.length, 0) - context.road.progress(survey).bytesRead
  if (most <= context.askAbove) return null
  const plan = await planOf(context, survey)
  return plan.bytes - plan.cachedBytes > context.askAbove ? plan : null
}
