import { z } from 'zod'
import { basis, count, instant } from '@/lib/flow/answer/answer'
import { SCAN_KINDS } from '@/lib/flow/field/scan'

export const scansAnswer = z.object({
  ...basis,
  group: z.string(),
  total: count,
  rows: z.array(
    z.object({
      source: z.string(),
      kind: z.enum(SCAN_KINDS),
      attempts: count,
      targets: count,
      ports: count,
      topPorts: z.array(z.object({ dport: count, proto: z.string(), attempts: count })),
      perMinute: z.number(),
      first: instant,
      last: instant,
      /** Inbound traffic of the same source that was allowed in the range, or null. */
      allowed: z.object({ tuples: count, first: instant, rule: z.string(), dport: count }).nullable(),
    }),
  ),
})

export type ScansAnswer = z.infer<typeof scansAnswer>
