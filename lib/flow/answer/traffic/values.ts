import { z } from 'zod'
import { basis, count } from '@/lib/flow/answer/answer'

export const valuesAnswer = z.object({
  ...basis,
  field: z.string(),
  /** Number of distinct values that begin with the requested text. */
  total: count,
  rows: z.array(z.object({ value: z.string(), tuples: count })),
})

export type ValuesAnswer = z.infer<typeof valuesAnswer>
