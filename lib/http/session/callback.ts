import 'server-only'
import { finishSignIn, forgetBeginning, wishedReturn } from '@/lib/auth/finish'
import { entraNumber } from '@/lib/flow/access/entra-refusals'
import { SIGN_IN_PROBLEMS, type SignInProblem, signInFailed } from '@/lib/flow/access/sign-in-failed'
import type { ProblemKind } from '@/lib/flow/problem'
import { handle } from '@/lib/http/door/handle'
import { describeFailure } from '@/lib/http/report/describe-failure'
import { asProblem, respondRedirect } from '@/lib/http/report/respond'
import { signInOrAbsent } from './sign-in-or-absent'

function isTold(kind: ProblemKind): kind is SignInProblem {
  return SIGN_IN_PROBLEMS.some((one) => one === kind)
}

/** The sign-in service redirects the browser here. The page and the log report what went wrong. */
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
      place.hash = signInFailed(isTold(kind) ? kind : 'store', requestId, entraNumber(problem.message))
      return respondRedirect(place.href, [forgetBeginning(signIn)], requestId)
    }
  },
  { open: true },
)
