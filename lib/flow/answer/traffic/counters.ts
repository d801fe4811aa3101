import { z } from 'zod'
import { basis, count } from '@/lib/flow/answer/answer'
import { FORMATS } from '@/lib/flow/tuple/tuple'

/** Composition of a view's figures. Bytes and packets are both directions together, summed as Azure documents. */
export const countersAnswer = z.object({
  ...basis,
  tuples: count,
  flows: count,
  bytes: count,
  packets: count,
  /** Tuples whose log measured bytes and packets. */
  measured: count,
  /** The other tuples by reason: allowed begins, denied tuples, NSG v1, and ends or continues with empty counters. */
  unmeasured: z.object({ begin: count, denied: count, v1: count, blank: count }),
  /** Formats that occur in the view, in the order of the catalogue. */
  byFormat: z.array(z.object({ format: z.enum(FORMATS), tuples: count, measured: count, bytes: count, packets: count })),
  /** End rows of re-created VNet flows whose amounts the next end row repeats, the amounts that the sums count twice for them, and the sums without these. */
  recreated: z.object({ rows: count, bytes: count, packets: count, bytesCorrected: count, packetsCorrected: count }),
  /** Tuples of records that occur again in the view, word for word, and the number of blobs with such copies: `once` leaves them out of every figure. */
  copies: z.object({ rows: count, flows: count, bytes: count, blobs: count }),
  /** The other tuples that another observer of the view recorded as well: `once` leaves them out of every figure. */
  repeated: z.object({ rows: count, flows: count, bytes: count }),
})

export type CountersAnswer = z.infer<typeof countersAnswer>
