import { type ICachePlugin, InteractionRequiredAuthError } from '@azure/msal-node'
import { Problem } from '@/lib/flow/problem'
import { directoryOf } from './begin'
import { clientApp } from './client-app'
import { entraProblem } from './entra-problem'
import type { SignIn } from './sign-in'
import type { Token } from './token-memo'

/** The token cache of one session and no other, read once. */
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
 * A storage token of the person whose session it is, refreshed when it has to be. Where the sign-in service wants to see the person again
 * (revoked, policy, new password), the session ends.
 * @throws Problem `signin`, `source`, `config`
 */
export async function personToken(signIn: SignIn, session: string, claims: string | undefined): Promise<Token> {
  const cache = await signIn.sessions.tokens(session)
  if (cache === null) throw new Problem('signin', 'Session has ended: sign in again')
  const network = signIn.network.forCall()
  try {
    const app = await clientApp(signIn.config, directoryOf(signIn), { network, cachePlugin: cacheOf(signIn, session, cache) })
    const [account, ...others] = await app.getTokenCache().getAllAccounts()
    if (account === undefined || others.length > 0) throw new Problem('signin', 'Session holds no token: sign in again')
    const asked = { account, scopes: signIn.scopes, ...(claims === undefined ? {} : { claims }) }
    const { accessToken, expiresOn } = await app.acquireTokenSilent(asked)
    if (expiresOn === null) throw new Problem('source', 'Sign-in service gave a token without an end')
    return { token: accessToken, expiresOnTimestamp: expiresOn.getTime() }
  } catch (error) {
    if (error instanceof InteractionRequiredAuthError) await signIn.sessions.demand(session, error.claims || (claims ?? ''))
    throw entraProblem(error, network.problem)
  }
}
