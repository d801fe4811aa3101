import { z } from 'zod'
import { basis, count } from './answers'
import { FORMATS } from './tuple'

/** What the figures of a view are made of. Bytes and packets are both directions together, sums as Azure documents them. */
export const countersAnswer = z.object({
  ...basis,
  tuples: count,
  flows: count,
  bytes: count,
  packets: count,
  /** Tuples whose log measured bytes and packets. */
  measured: count,
  /** The other tuples, by why they have none: allowed begins, denied ones, NSG v1, and ends or continues whose counters are empty. */
  unmeasured: z.object({ begin: count, denied: count, v1: count, blank: count }),
  /** Formats that occur in the view, in the order of the catalogue. */
  byFormat: z.array(z.object({ format: z.enum(FORMATS), tuples: count, measured: count, bytes: count, packets: count })),
  /** End rows of re-created VNet flows whose amounts the next end row holds again, what the sums count twice for them, and the sums without. */
  recreated: z.object({ rows: count, bytes: count, packets: count, bytesCorrected: count, packetsCorrected: count }),
  /** Tuples that another observer of the view tells as well: left out of every figure with `once`, counted in it without. */
  repeated: z.object({ rows: count, flows: count, bytes: count }),
})

export type CountersAnswer = z.infer<typeof countersAnswer>
