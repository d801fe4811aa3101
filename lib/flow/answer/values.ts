import { z } from 'zod'
import { basis, count } from './answer'

export const valuesAnswer = z.object({
  ...basis,
  field: z.string(),
  /** Distinct values that begin as asked. */
  total: count,
  rows: z.array(z.object({ value: z.string(), tuples: count })),
})

export type ValuesAnswer = z.infer<typeof valuesAnswer>
