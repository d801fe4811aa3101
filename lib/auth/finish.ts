import type { AuthenticationResult } from '@azure/msal-node'
import { z } from 'zod'
import { Problem } from '@/lib/flow/problem'
import { type Beginning, directoryOf, redirectOf } from './begin'
import { clientApp } from './entra/client-app'
import { entraProblem, refused } from './entra/problem'
import { isSame } from './entra/same'
import { sessionId } from './identity'
import { cookieName, readCookie, writeCookie } from './session/cookies'
import { ABSOLUTE, type Person } from './session/sessions'
import type { SignIn } from './sign-in'

const beginningSchema = z.object({ state: z.string(), nonce: z.string(), verifier: z.string(), returnTo: z.string() })

export interface Finished {
  person: Person
  /** A path of this app. */
  returnTo: string
  /** Set-Cookie values. */
  cookies: string[]
}

/**
 * Completes the sign-in that `beginSignIn` began: starts a new session under a new id and ends the previous one.
 * @throws Problem `signin`, `denied` for a tenant that is not admitted, `source` when the sign-in service does not answer, `config` for a wrong
 * configuration.
 */
export async function finishSignIn(signIn: SignIn, request: Request): Promise<Finished> {
  const { config, sessions } = signIn
  const beginning = await beginningOf(signIn, request)
  const code = codeOf(new URL(request.url).searchParams, beginning)
  const { result, cache } = await redeem(signIn, code, beginning)
  const person = await signIn.idTokens.verify(result.idToken, beginning.nonce)
  const before = await sessionId(signIn, request).catch(() => null)
  if (before !== null) await endSession(signIn, before)
  const session = await sessions.begin(person)
  if (signIn.scopes.length > 0) await sessions.keepTokens(session.id, cache)
  const sealed = await signIn.seal.close('cookie', '', { id: session.id }, ABSOLUTE / 1000)
  const cookies = [writeCookie(cookieName('session', config.publicUrl), sealed, ABSOLUTE / 1000), forgetBeginning(signIn)]
  return { person, returnTo: beginning.returnTo, cookies }
}

/** Removes the cookie of a sign-in in progress: it can be used once. */
export function forgetBeginning({ config }: SignIn): string {
  return writeCookie(cookieName('sign-in', config.publicUrl), '', 0)
}

/** The path to return to after a failed sign-in. */
export async function wishedReturn(signIn: SignIn, request: Request): Promise<string> {
  return beginningOf(signIn, request).then(
    ({ returnTo }) => returnTo,
    () => '/',
  )
}

/** Ends a session, for every copy of its cookie, and deletes its tokens. */
export async function endSession({ sessions, memo }: SignIn, id: string): Promise<void> {
  memo.forget(id)
  await sessions.end(id)
}

export function forgetSession({ config }: SignIn): string {
  return writeCookie(cookieName('session', config.publicUrl), '', 0)
}

async function beginningOf({ config, seal }: SignIn, request: Request): Promise<Beginning> {
  const cookie = readCookie(request, cookieName('sign-in', config.publicUrl))
  if (cookie === null) throw new Problem('signin', 'Sign-in was not started in this browser, or took too long: try again')
  const parsed = beginningSchema.safeParse(await seal.open('sign-in', '', cookie))
  if (!parsed.success) throw new Problem('signin', 'Sign-in took too long: try again')
  return parsed.data
}

function codeOf(params: URLSearchParams, { state }: Beginning): string {
  const [given, ...others] = params.getAll('state')
  if (given === undefined || others.length > 0 || !isSame(given, state))
    throw new Problem('signin', 'Sign-in response belongs to another sign-in: try again')
  const error = params.get('error')
  if (error === 'access_denied') throw new Problem('signin', 'Sign-in was cancelled')
  if (error !== null) throw refused('signin', 'Sign-in was refused by the sign-in service', error, params.get('error_description'))
  const codes = params.getAll('code')
  if (codes.length !== 1 || !codes[0]) throw new Problem('signin', 'Sign-in response has no code: try again')
  return codes[0]
}

async function redeem(
  signIn: SignIn,
  code: string,
  { state, nonce, verifier }: Beginning,
): Promise<{ result: AuthenticationResult; cache: string }> {
  const network = signIn.network.forCall()
  const app = await clientApp(signIn.config, directoryOf(signIn), { network })
  try {
    const asked = { scopes: signIn.scopes, redirectUri: redirectOf(signIn), code, codeVerifier: verifier, state, nonce }
    const result = await app.acquireTokenByCode(asked, { code, state })
    return { result, cache: app.getTokenCache().serialize() }
  } catch (error) {
    throw entraProblem(error, network.problem)
  }
}
