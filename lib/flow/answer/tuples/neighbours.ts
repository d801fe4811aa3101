import { z } from 'zod'
import { basis, count } from '@/lib/flow/answer/answer'
import { tupleSchema } from './tuples'

/** Other tuples of the same NIC within a minute of one. */
export const neighboursAnswer = z.object({ ...basis, total: count, rows: z.array(tupleSchema) })

export type NeighboursAnswer = z.infer<typeof neighboursAnswer>
