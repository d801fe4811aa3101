import { quietly } from '@/components/answer/read-quietly'
import type { PlanAnswer } from '@/lib/flow/answers'

/** What a look at the plan of the range asks for: nothing, the answers anew, or a reading of the range. */
export function afterLook(
  plan: Pick<PlanAnswer, 'blobs' | 'bytes' | 'cachedBlobs' | 'cachedBytes' | 'askAbove'>,
  moving: boolean,
): 'nothing' | 'answers' | 'reading' {
  const missing = plan.bytes - plan.cachedBytes
  if (missing > quietly(plan)) return 'reading'
  return moving || missing > 0 || plan.cachedBlobs < plan.blobs ? 'answers' : 'nothing'
}
