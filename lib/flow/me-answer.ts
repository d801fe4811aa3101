import { z } from 'zod'

/** Whether people sign in here, and who did. */
export const meAnswer = z.object({
  signIn: z.boolean(),
  person: z.object({ name: z.string(), tenant: z.string() }).nullable(),
})

export type MeAnswer = z.infer<typeof meAnswer>

/** Why a sign-in came back without a person: what the page of that name tells. */
export const SIGN_IN_PROBLEMS = ['signin', 'denied', 'source', 'config', 'store'] as const
export type SignInProblem = (typeof SIGN_IN_PROBLEMS)[number]
