import { quietly } from '@/components/parts/answer/load/read-quietly'
import type { PlanAnswer } from '@/lib/flow/answer/read/plan'

/** The action after a check of the plan: nothing, new answers, or a reading of the range. */
export function afterLook(
  plan: Pick<PlanAnswer, 'blobs' | 'bytes' | 'cachedBlobs' | 'cachedBytes' | 'askAbove'>,
  moving: boolean,
): 'nothing' | 'answers' | 'reading' {
  const missing = plan.bytes - plan.cachedBytes
  if (missing > quietly(plan)) return 'reading'
  return moving || missing > 0 || plan.cachedBlobs < plan.blobs ? 'answers' : 'nothing'
}
