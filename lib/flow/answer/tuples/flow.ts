import { z } from 'zod'
import { basis, count } from '@/lib/flow/answer/answer'
import { tupleSchema } from './tuples'

/** The rows of the flow that a tuple belongs to, in their order. */
export const flowAnswer = z.object({ ...basis, total: count, rows: z.array(tupleSchema) })

export type FlowAnswer = z.infer<typeof flowAnswer>
