import { z } from 'zod'
import { basis, count } from '@/lib/flow/answer/answer'
import { baselineSchema } from '@/lib/flow/answer/baseline'

const pathSums = {
  tuples: count,
  flows: count,
  allow: count,
  deny: count,
  bytes: count,
  /** Bytes of denied tuples alone. */
  denyBytes: count,
}

export const pathsAnswer = z.object({
  ...basis,
  by: z.string(),
  metric: z.string(),
  /** Sums of each column, shown or not, and so of each pair of neighbouring columns. */
  total: z.object(pathSums),
  /** Distinct values in the view, column by column. */
  values: z.array(count),
  /** Column by column, the largest first and `other` last. */
  nodes: z.array(
    z.object({
      /** Unique over all columns; equal for equal values. */
      id: z.string(),
      /** Number of the column, from 0. */
      column: count,
      value: z.string(),
      /** True if it stands for all values of its column that have no node. */
      other: z.boolean(),
      ...pathSums,
    }),
  ),
  /** Links between nodes of neighbouring columns, in column order. */
  links: z.array(
    z.object({
      from: z.string(),
      to: z.string(),
      ...pathSums,
      /** Tuples between the same two values in the baseline; omitted for `other`, which stands for other values there. */
      before: z.object({ allow: count, deny: count }).optional(),
    }),
  ),
  /** Omitted if no baseline was requested. */
  baseline: baselineSchema.optional(),
})

export type PathsAnswer = z.infer<typeof pathsAnswer>
