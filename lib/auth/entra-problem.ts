import { AuthError, InteractionRequiredAuthError } from '@azure/msal-node'
import { Problem } from '@/lib/flow/problem'

/** What the app registration got wrong, and not the person: learn.microsoft.com/entra/identity-platform/reference-error-codes. */
const OURS = /^(invalid_client|unauthorized_client|invalid_scope|invalid_resource)$/

/**
 * A failure of the sign-in library as a Problem. Of what the service said only its codes are repeated, since its texts name people and apps.
 * `thrown` is what our network threw, which the library drops.
 */
export function entraProblem(error: unknown, thrown: Problem | null): Problem {
  if (thrown !== null) return thrown
  if (error instanceof Problem) return error
  if (!(error instanceof AuthError)) return new Problem('source', 'Sign-in service could not be reached', { cause: error })
  const code = /^\w{1,60}$/.test(error.errorCode) ? error.errorCode : 'unknown'
  const number = /AADSTS\d{3,9}/.exec(error.errorMessage ?? '')?.[0]
  const said = number === undefined ? code : `${code}, ${number}`
  if (error instanceof InteractionRequiredAuthError) return new Problem('signin', `Microsoft Entra ID asks you to sign in again (${said})`)
  if (OURS.test(code)) return new Problem('config', `App registration is not accepted by the sign-in service (${said})`)
  return new Problem('signin', `Sign-in was refused by the sign-in service (${said})`)
}
