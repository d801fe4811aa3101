import { type ICachePlugin, InteractionRequiredAuthError } from '@azure/msal-node'
import { Problem } from '@/lib/flow/problem'
import { directoryOf } from './begin'
import { clientApp } from './entra/client-app'
import { entraProblem } from './entra/problem'
import type { SignIn } from './sign-in'
import type { AccessToken } from './token-memo'

/** The token cache of a single session. */
function cacheOf({ sessions }: SignIn, session: string, cache: string): ICachePlugin {
  let held = cache
  return {
    beforeCacheAccess: async ({ tokenCache }) => tokenCache.deserialize(held),
    afterCacheAccess: async ({ cacheHasChanged, tokenCache }) => {
      if (!cacheHasChanged) return
      held = tokenCache.serialize()
      await sessions.keepTokens(session, held)
    },
  }
}

/**
 * A storage token of the session's person, refreshed when necessary. If the sign-in service requires a new sign-in (revoked grant, policy, new
 * password), the session ends.
 * @throws Problem `signin`, `source`, `config`
 */
export async function personToken(signIn: SignIn, session: string, claims: string | undefined): Promise<AccessToken> {
  const cache = await signIn.sessions.tokens(session)
  if (cache === null) throw new Problem('signin', 'Session has ended: sign in again')
  const network = signIn.network.forCall()
  try {
    const app = await clientApp(signIn.config, directoryOf(signIn), { network, cachePlugin: cacheOf(signIn, session, cache) })
    const [account, ...others] = await app.getTokenCache().getAllAccounts()
    if (account === undefined || others.length > 0) throw new Problem('signin', 'Session has no token: sign in again')
    const asked = { account, scopes: signIn.scopes, ...(claims === undefined ? {} : { claims }) }
    const { accessToken, expiresOn } = await app.acquireTokenSilent(asked)
    if (expiresOn === null) throw new Problem('source', 'Sign-in service returned a token without an expiry time')
    return { token: accessToken, expiresOnTimestamp: expiresOn.getTime() }
  } catch (error) {
    if (error instanceof InteractionRequiredAuthError) await signIn.sessions.demand(session, error.claims || (claims ?? ''))
    throw entraProblem(error, network.problem)
  }
}
