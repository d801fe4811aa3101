/** Reasons of a failed sign-in that the page shows; the log has the details. */
export const SIGN_IN_PROBLEMS = ['signin', 'denied', 'source', 'config', 'store'] as const
export type SignInProblem = (typeof SIGN_IN_PROBLEMS)[number]

export interface SignInFailed {
  problem: SignInProblem
  requestId: string
  /** Microsoft Entra ID's error number, such as `AADSTS65001`, if there is one. */
  number: string | null
}

/** Writes the reason as a URL fragment: no server sees it, and no question depends on it. */
export function signInFailed(problem: SignInProblem, requestId: string, number: string | null = null): string {
  return `#sign-in=${[problem, requestId, ...(number === null ? [] : [number])].join(',')}`
}

/** Reads what `signInFailed` wrote; null for any other fragment. */
export function readSignInFailed(hash: string): SignInFailed | null {
  const [, said, requestId, number] = /^#sign-in=(\w+),([\w-]{1,64})(?:,(AADSTS\d{3,9}))?$/.exec(hash) ?? []
  const problem = SIGN_IN_PROBLEMS.find((one) => one === said)
  return problem === undefined || requestId === undefined ? null : { problem, requestId, number: number ?? null }
}
