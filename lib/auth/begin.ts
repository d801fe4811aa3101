import { randomBytes } from 'node:crypto'
import { CryptoProvider } from '@azure/msal-node'
import { clientApp } from './entra/client-app'
import { entraProblem } from './entra/problem'
import { sessionId } from './identity'
import { safeReturn } from './return-to'
import { cookieName, writeCookie } from './session/cookies'
import type { SignIn } from './sign-in'

/** Time that a person has to sign in. Seconds. */
const TIME_TO_SIGN_IN = 600

export interface Beginning {
  state: string
  nonce: string
  verifier: string
  returnTo: string
}

/**
 * Begins an authorization code flow with PKCE (RFC 7636). Returns the address for the browser, and a sealed cookie that the callback requires. If the
 * session demanded a new sign-in, its claims are sent along.
 */
export async function beginSignIn(
  signIn: SignIn,
  request: Request,
  returnTo: string | null,
): Promise<{ location: string; cookie: string }> {
  const { config, seal, sessions, network, scopes } = signIn
  const { verifier, challenge } = await new CryptoProvider().generatePkceCodes()
  const random = () => randomBytes(32).toString('base64url')
  const beginning: Beginning = { state: random(), nonce: random(), verifier, returnTo: safeReturn(returnTo, config.publicUrl) }
  const known = await sessionId(signIn, request).catch(() => null)
  const claims = known === null ? null : await sessions.demanded(known)
  const app = await clientApp(config, directoryOf(signIn), { network: network.forCall() })
  const location = await app
    .getAuthCodeUrl({
      scopes,
      redirectUri: redirectOf(signIn),
      responseMode: 'query',
      codeChallenge: challenge,
      codeChallengeMethod: 'S256',
      state: beginning.state,
      nonce: beginning.nonce,
      ...(claims === null ? { prompt: 'select_account' } : { claims }),
    })
    .catch((error: unknown) => {
      throw entraProblem(error, null)
    })
  const sealed = await seal.close('sign-in', '', { ...beginning }, TIME_TO_SIGN_IN)
  return { location, cookie: writeCookie(cookieName('sign-in', config.publicUrl), sealed, TIME_TO_SIGN_IN) }
}

export function redirectOf({ config }: SignIn): string {
  return `${config.publicUrl}/api/auth/callback`
}

/** If one tenant is admitted, its own endpoint; otherwise the endpoint for all organizations, and the ID token names the tenant. */
export function directoryOf({ config: { tenants } }: SignIn): string {
  return tenants.length === 1 ? tenants[0]! : 'organizations'
}
