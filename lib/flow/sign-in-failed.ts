/** Why a sign-in came back without a person, as far as the page tells it; the log has the rest. */
export const SIGN_IN_PROBLEMS = ['signin', 'denied', 'source', 'config', 'store'] as const
export type SignInProblem = (typeof SIGN_IN_PROBLEMS)[number]

/** The fragment of the link that says so: no server sees it, and no question depends on it. */
export function signInFailed(problem: SignInProblem, requestId: string): string {
  return `#sign-in=${problem},${requestId}`
}

/** What `signInFailed` wrote, or null for any other fragment. */
export function readSignInFailed(hash: string): { problem: SignInProblem; requestId: string } | null {
  const [, said, requestId] = /^#sign-in=(\w+),([\w-]{1,64})$/.exec(hash) ?? []
  const problem = SIGN_IN_PROBLEMS.find((one) => one === said)
  return problem === undefined || requestId === undefined ? null : { problem, requestId }
}
