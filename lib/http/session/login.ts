import 'server-only'
import { beginSignIn } from '@/lib/auth/begin'
import { handle } from '@/lib/http/door/handle'
import { refuseKeys } from '@/lib/http/door/refuse-keys'
import { respondRedirect } from '@/lib/http/report/respond'
import { signInOrAbsent } from './sign-in-or-absent'

/** Redirects the browser to sign-in, and back to `returnTo` afterwards. */
export const login = handle(
  'auth/login',
  async ({ request, params, requestId }) => {
    refuseKeys(params, ['returnTo'])
    const { location, cookie } = await beginSignIn(signInOrAbsent(), request, params.get('returnTo'))
    return respondRedirect(location, [cookie], requestId)
  },
  { open: true },
)
