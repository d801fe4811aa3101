import { z } from 'zod'
import { basis, count } from './answer'

const pathSums = {
  tuples: count,
  flows: count,
  allow: count,
  deny: count,
  bytes: count,
  /** Of denied tuples alone. */
  denyBytes: count,
}

export const pathsAnswer = z.object({
  ...basis,
  by: z.string(),
  metric: z.string(),
  /** What each column holds, shown or not, and each pair of neighbouring columns. */
  total: z.object(pathSums),
  /** Distinct values in the view, column by column. */
  values: z.array(count),
  /** Column by column, the largest first and `other` last. */
  nodes: z.array(
    z.object({
      /** Distinct over all columns, and the same for the same value. */
      id: z.string(),
      /** From 0. */
      column: count,
      value: z.string(),
      /** Stands for every value of its column that no other node is. */
      other: z.boolean(),
      ...pathSums,
    }),
  ),
  /** Between nodes of neighbouring columns, in the order of those. */
  links: z.array(z.object({ from: z.string(), to: z.string(), ...pathSums })),
})

export type PathsAnswer = z.infer<typeof pathsAnswer>
