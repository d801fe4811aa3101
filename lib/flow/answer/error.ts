import { z } from 'zod'
import { PROBLEM_KINDS } from '@/lib/flow/problem'

export const errorAnswer = z.object({
  error: z.object({
    kind: z.enum(PROBLEM_KINDS),
    message: z.string(),
    key: z.string().nullable(),
    at: z.number().nullable(),
    requestId: z.string(),
  }),
})

export type ErrorAnswer = z.infer<typeof errorAnswer>
