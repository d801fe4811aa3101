import 'server-only'
import { finishSignIn, forgetBeginning } from '@/lib/auth/finish'
import { SIGN_IN_PROBLEMS, type SignInProblem } from '@/lib/flow/me-answer'
import type { ProblemKind } from '@/lib/flow/problem'
import { handle } from './handle'
import { asProblem, respondRedirect } from './respond'
import { signInOrAbsent } from './sign-in-or-absent'

function isTold(kind: ProblemKind): kind is SignInProblem {
  return SIGN_IN_PROBLEMS.some((one) => one === kind)
}

/** Where the sign-in service sends the browser back to. What went wrong is told by a page, since a person is looking, and in full by the log. */
export const callback = handle(
  'auth/callback',
  async ({ request, requestId, log }) => {
    const signIn = signInOrAbsent()
    const { publicUrl } = signIn.config
    try {
      const { returnTo, cookies } = await finishSignIn(signIn, request)
      return respondRedirect(publicUrl + returnTo, cookies, requestId)
    } catch (error) {
      const { kind, message } = asProblem(error)
      log.warn({ requestId, kind, message }, 'sign-in failed')
      const told = new URLSearchParams({ problem: isTold(kind) ? kind : 'store', request: requestId })
      return respondRedirect(`${publicUrl}/sign-in?${told}`, [forgetBeginning(signIn)], requestId)
    }
  },
  { open: true },
)
