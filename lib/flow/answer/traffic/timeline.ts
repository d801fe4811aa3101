import { z } from 'zod'
import { basis, count } from '@/lib/flow/answer/answer'

const sideSchema = z.object({ tuples: count, flows: count, bytes: count, packets: count })

export const timelineAnswer = z.object({
  ...basis,
  bucketMs: count,
  buckets: z.array(
    z.object({
      t: z.number().int(),
      allow: sideSchema,
      deny: sideSchema,
      /** The part of `deny` that was inbound and came from a scanner (`scanner:any`), if requested. */
      noise: sideSchema.optional(),
    }),
  ),
})

export type TimelineAnswer = z.infer<typeof timelineAnswer>
