import 'server-only'
import { endSession, forgetSession } from '@/lib/auth/finish'
import { sessionId } from '@/lib/auth/identity'
import { handle } from '@/lib/http/door/handle'
import { respondJson } from '@/lib/http/report/respond'
import { signInOrAbsent } from './sign-in-or-absent'

/** Ends the request's session, for every copy of its cookie. */
export const logout = handle(
  'auth/logout',
  async ({ request, requestId }) => {
    const signIn = signInOrAbsent()
    const response = respondJson({ signedOut: true }, requestId)
    response.headers.append('set-cookie', forgetSession(signIn))
    const id = await sessionId(signIn, request).catch(() => null)
    if (id !== null) await endSession(signIn, id)
    return response
  },
  { method: 'POST', open: true },
)
