import { AuthError, InteractionRequiredAuthError } from '@azure/msal-node'
import { entraAdvice, entraNumber } from '@/lib/flow/access/entra-refusals'
import { Problem, type ProblemKind } from '@/lib/flow/problem'

/** Errors of the app registration rather than of the person: learn.microsoft.com/entra/identity-platform/reference-error-codes. */
const OURS = /^(invalid_client|unauthorized_client|invalid_scope|invalid_resource)$/

/**
 * Turns a failure of MSAL into a Problem. It repeats only the service's error codes, because its texts name people and apps. `thrown` is the error of
 * our network client, which MSAL drops.
 */
export function entraProblem(error: unknown, thrown: Problem | null): Problem {
  if (thrown !== null) return thrown
  if (error instanceof Problem) return error
  if (!(error instanceof AuthError)) return new Problem('source', 'Sign-in service could not be reached', { cause: error })
  const { errorCode: code, errorMessage: text } = error
  if (error instanceof InteractionRequiredAuthError) return refused('signin', 'Microsoft Entra ID asks you to sign in again', code, text)
  if (OURS.test(code)) return refused('config', 'App registration is not accepted by the sign-in service', code, text)
  return refused('signin', 'Sign-in was refused by the sign-in service', code, text)
}

/** The same for calls by the app itself, without a person: a refusal concerns its configuration. */
export function appProblem(error: unknown, thrown: Problem | null): Problem {
  const problem = entraProblem(error, thrown)
  if (problem.kind !== 'signin' || !(error instanceof AuthError)) return problem
  return refused('config', 'App registration gets no token from the sign-in service', error.errorCode, error.errorMessage)
}

/** Returns a problem with the refused action, the error codes, and the advice, if one is known. `text` is not repeated. */
export function refused(kind: ProblemKind, what: string, code: string, text: string | null | undefined): Problem {
  const number = entraNumber(text ?? '')
  const said = [/^\w{1,60}$/.test(code) ? code : 'unknown', ...(number === null ? [] : [number])].join(', ')
  const advice = entraAdvice(number)
  return new Problem(kind, `${what} (${said})${advice === null ? '' : `: ${advice}`}`)
}
