import { z } from 'zod'
import { basis, count, instant } from '@/lib/flow/answer/answer'

/** Null if no tuple of the flow measured it. */
const sum = count.nullable()

/** A flow as one row: the tuples of the view that belong to it. */
export const flowRowSchema = z.object({
  /** Id of its first tuple. */
  id: z.string(),
  first: instant,
  last: instant,
  /** True if the tuple that begins it, and one that ends it, are among its tuples. A denied attempt does both. */
  begins: z.boolean(),
  ends: z.boolean(),
  src: z.string(),
  sport: count,
  dst: z.string(),
  dport: count,
  proto: z.string(),
  allow: count,
  deny: count,
  tuples: count,
  /** What several observers recorded counts once. */
  packetsSent: sum,
  bytesSent: sum,
  packetsReceived: sum,
  bytesReceived: sum,
  /** NICs that saw it: the lowest of those that saw it go out, and of those that saw it come in, and how many saw it. */
  srcMac: z.string().nullable(),
  dstMac: z.string().nullable(),
  nics: count,
})

export const flowsAnswer = z.object({
  ...basis,
  total: count,
  rows: z.array(flowRowSchema),
  next: z.string().nullable(),
})

export type FlowRow = z.infer<typeof flowRowSchema>
export type FlowsAnswer = z.infer<typeof flowsAnswer>
