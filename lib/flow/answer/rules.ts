import { z } from 'zod'
import { RULE_KINDS } from '@/lib/flow/rule-kind'
import { basis, count, instant, sparkSchema } from './answer'

export const rulesAnswer = z.object({
  ...basis,
  /** Width of the buckets of `spark`, where it was asked for. */
  bucketMs: count.optional(),
  rows: z.array(
    z.object({
      rule: z.string(),
      acl: z.string(),
      /** Id of the flow log, where rows were asked for per log. */
      log: z.string().optional(),
      kind: z.enum(RULE_KINDS),
      dir: z.enum(['in', 'out']),
      tuples: count,
      flows: count,
      allow: count,
      deny: count,
      bytes: count,
      packets: count,
      sources: count,
      destinations: count,
      ports: count,
      first: instant,
      last: instant,
      spark: sparkSchema.optional(),
    }),
  ),
})

export type RulesAnswer = z.infer<typeof rulesAnswer>
