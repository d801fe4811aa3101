import { z } from 'zod'
import { basis, count, instant } from '@/lib/flow/answer/answer'

/** One side of a verdict change: a run of tuples of a key with the same action. */
const runSchema = z.object({ tuples: count, first: instant, last: instant, rule: z.string(), acl: z.string() })
const flipSchema = z.object({
  /** Time and id of the first tuple after the change. */
  at: instant,
  id: z.string(),
  /** The rule before is that of the run's last tuple; the rule after is that of its first. */
  before: runSchema,
  after: runSchema,
})

export const flipsAnswer = z.object({
  ...basis,
  /** Number of keys that changed this way. */
  total: count,
  rows: z.array(
    z.object({
      src: z.string(),
      dst: z.string(),
      dport: count,
      proto: z.string(),
      dir: z.enum(['in', 'out']),
      /** Changes of action from one tuple of the key to the next. */
      flips: count,
      allow: count,
      deny: count,
      first: instant,
      last: instant,
      /** The first time that it was denied, then allowed, and the first time that it was allowed, then denied. */
      opened: flipSchema.nullable(),
      closed: flipSchema.nullable(),
    }),
  ),
})

export type FlipsAnswer = z.infer<typeof flipsAnswer>
