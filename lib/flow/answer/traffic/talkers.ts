import { z } from 'zod'
import { basis, count, instant, sparkSchema } from '@/lib/flow/answer/answer'

const talkerSums = {
  tuples: count,
  flows: count,
  allow: count,
  deny: count,
  bytes: count,
  packets: count,
  bytesSent: count,
  bytesReceived: count,
}

export const talkersAnswer = z.object({
  ...basis,
  by: z.string(),
  metric: z.string(),
  /** Width of the buckets of `spark`, if requested. */
  bucketMs: count.optional(),
  /** Distinct keys in the view. */
  total: count,
  rows: z.array(
    z.object({
      /** One text, or two for a pair. */
      key: z.union([z.string(), z.array(z.string())]),
      ...talkerSums,
      /** Distinct addresses at the other end; distinct source–destination pairs where the key names no single end. */
      peers: count,
      /** Distinct destination ports. */
      ports: count,
      first: instant,
      last: instant,
      /**
       * If requested: the median time between the beginnings of its flows, and the median deviation from it, in milliseconds; null if there are too few flows.
       */
      rhythm: z.object({ gaps: count, gap: count, jitter: count }).nullable().optional(),
      spark: sparkSchema.optional(),
    }),
  ),
  /** Sums of all keys that have no row above. */
  other: z.object(talkerSums),
})

export type TalkersAnswer = z.infer<typeof talkersAnswer>
