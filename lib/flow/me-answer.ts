import { z } from 'zod'

/** Whether people sign in here, and who did. */
export const meAnswer = z.object({
  signIn: z.boolean(),
  person: z.object({ name: z.string(), tenant: z.string() }).nullable(),
})

export type MeAnswer = z.infer<typeof meAnswer>
