import { z } from 'zod'
import { basis, count } from '@/lib/flow/answer/answer'

/**
 * Cost of reading a range: everything that it needs, and the part that is already stored. Exact, except for the beginnings of blobs without blocks (see
 * lib/ingest/read/plan.ts).
 */
export const planSchema = z.object({
  blobs: count,
  bytes: count,
  cachedBlobs: count,
  cachedBytes: count,
  /** Estimated milliseconds for reading the rest, from earlier loads of this machine. */
  estimateMs: count,
  /** The page asks before it reads more than this. Bytes. */
  askAbove: count,
})

export const planAnswer = planSchema.extend(basis)

export type Plan = z.infer<typeof planSchema>
export type PlanAnswer = z.infer<typeof planAnswer>
