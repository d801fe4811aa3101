import { z } from 'zod'

/** Says whether sign-in is on, and who is signed in. */
export const meAnswer = z.object({
  signIn: z.boolean(),
  person: z.object({ name: z.string(), tenant: z.string() }).nullable(),
})

export type MeAnswer = z.infer<typeof meAnswer>
