import 'server-only'
import { beginSignIn } from '@/lib/auth/begin'
import { handle } from './handle'
import { refuseKeys } from './refuse-keys'
import { respondRedirect } from './respond'
import { signInOrAbsent } from './sign-in-or-absent'

/** Sends the browser to sign in, and back to `returnTo` afterwards. */
export const login = handle(
  'auth/login',
  async ({ request, params, requestId }) => {
    refuseKeys(params, ['returnTo'])
    const { location, cookie } = await beginSignIn(signInOrAbsent(), request, params.get('returnTo'))
    return respondRedirect(location, [cookie], requestId)
  },
  { open: true },
)
