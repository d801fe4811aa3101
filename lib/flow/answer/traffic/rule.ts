import { z } from 'zod'
import { basis, count, instant, sparkSchema } from '@/lib/flow/answer/answer'
import { RULE_KINDS } from '@/lib/flow/tuple/rule-kind'

/** Addresses at one end of the traffic that a rule allowed, or denied. */
const ruleEndSchema = z.object({
  /** Number of distinct addresses, and of internet addresses among them. */
  total: count,
  public: count,
  /** The addresses with the most tuples. */
  rows: z.array(z.object({ address: z.string(), tuples: count, flows: count, bytes: count, ports: count, first: instant, last: instant })),
  /** The narrowest prefixes that contain them all, see `flow/address/cover.ts`; `seen` counts the addresses that each contains. */
  cover: z.object({ prefixes: z.array(z.object({ prefix: z.string(), seen: count })), exact: z.boolean() }),
})

const ruleSideSchema = z.object({
  ...{ tuples: count, flows: count, bytes: count, packets: count, first: instant, last: instant },
  sources: ruleEndSchema,
  destinations: ruleEndSchema,
  ports: z.object({
    /** Distinct pairs of destination port and protocol. */
    total: count,
    rows: z.array(z.object({ dport: count, proto: z.string(), tuples: count, sources: count, first: instant, last: instant })),
    cover: z.array(z.object({ proto: z.string(), ranges: z.array(z.object({ first: count, last: count })), exact: z.boolean() })),
  }),
})

export const ruleAnswer = z.object({
  ...basis,
  rule: z.string(),
  acl: z.string(),
  kind: z.enum(RULE_KINDS),
  dir: z.enum(['in', 'out']),
  /** Flow logs that contain the rule. */
  logs: z.array(z.object({ log: z.string(), tuples: count })),
  bucketMs: count,
  spark: sparkSchema,
  /** Null if the rule allowed, or denied, nothing in the view. */
  allow: ruleSideSchema.nullable(),
  deny: ruleSideSchema.nullable(),
})

export type RuleAnswer = z.infer<typeof ruleAnswer>
