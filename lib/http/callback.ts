import 'server-only'
import { finishSignIn, forgetBeginning, wishedReturn } from '@/lib/auth/finish'
import type { ProblemKind } from '@/lib/flow/problem'
import { SIGN_IN_PROBLEMS, type SignInProblem, signInFailed } from '@/lib/flow/sign-in-failed'
import { describeFailure } from './describe-failure'
import { handle } from './handle'
import { asProblem, respondRedirect } from './respond'
import { signInOrAbsent } from './sign-in-or-absent'

function isTold(kind: ProblemKind): kind is SignInProblem {
  return SIGN_IN_PROBLEMS.some((one) => one === kind)
}

/** Where the sign-in service sends the browser back to. What went wrong is told by the page, since a person is looking, and by the log. */
export const callback = handle(
  'auth/callback',
  async ({ request, requestId, log }) => {
    const signIn = signInOrAbsent()
    const { publicUrl } = signIn.config
    try {
      const { returnTo, cookies } = await finishSignIn(signIn, request)
      return respondRedirect(publicUrl + returnTo, cookies, requestId)
    } catch (error) {
      const problem = asProblem(error)
      const { kind } = problem
      log.warn({ requestId, kind, err: describeFailure(problem) }, 'Sign-in failed')
      const place = new URL(await wishedReturn(signIn, request), publicUrl)
      place.hash = signInFailed(isTold(kind) ? kind : 'store', requestId)
      return respondRedirect(place.href, [forgetBeginning(signIn)], requestId)
    }
  },
  { open: true },
)
