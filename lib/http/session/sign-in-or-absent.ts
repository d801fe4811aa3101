import { access, type SignIn } from '@/lib/auth/sign-in'
import { Problem } from '@/lib/flow/problem'

/** @throws Problem `absent` when sign-in is off. */
export function signInOrAbsent(): SignIn {
  const signIn = access()
  if (signIn === null) throw new Problem('absent', 'Sign-in is not configured on this server')
  return signIn
}
