import 'server-only'
import { readSession } from '@/lib/auth/identity'
import { access } from '@/lib/auth/sign-in'
import { type MeAnswer, meAnswer } from '@/lib/flow/answer/me'
import { Problem } from '@/lib/flow/problem'
import { handle } from '@/lib/http/door/handle'
import { respondJson } from '@/lib/http/report/respond'

/** Tells who is signed in; needs no session. */
export const me = handle(
  'auth/me',
  async ({ request, requestId }) => {
    const signIn = access()
    const session = signIn === null ? null : await readSession(signIn, request).catch(noSession)
    const person = session === null ? null : { name: session.name, tenant: session.tenant }
    const answer: MeAnswer = { signIn: signIn !== null, person }
    return respondJson(meAnswer.parse(answer), requestId)
  },
  { open: true },
)

function noSession(error: unknown): null {
  if (error instanceof Problem && error.kind === 'signin') return null
  throw error
}
