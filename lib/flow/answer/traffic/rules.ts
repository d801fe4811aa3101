import { z } from 'zod'
import { basis, count, instant, sparkSchema } from '@/lib/flow/answer/answer'
import { RULE_KINDS } from '@/lib/flow/tuple/rule-kind'

export const rulesAnswer = z.object({
  ...basis,
  /** Width of the buckets of `spark`, if requested. */
  bucketMs: count.optional(),
  rows: z.array(
    z.object({
      rule: z.string(),
      acl: z.string(),
      /** Id of the flow log, if rows were requested per log. */
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
      /** Numbers of sources and destinations with an internet address. */
      publicSources: count,
      publicDestinations: count,
      /** The smallest prefix that covers all sources, and all destinations, of each family: `10.0.0.0/8`. */
      sourceCover: z.array(z.string()),
      destinationCover: z.array(z.string()),
      first: instant,
      last: instant,
      spark: sparkSchema.optional(),
    }),
  ),
})

export type RulesAnswer = z.infer<typeof rulesAnswer>
