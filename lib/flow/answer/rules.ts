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
      /** Of the sources and the destinations, those with an address of the internet. */
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
