import { Problem } from '@/lib/flow/problem'
import { cookieName, readCookie } from './session/cookies'
import type { Session } from './session/sessions'
import { access, type SignIn } from './sign-in'

/** The sender of a request. Without sign-in, everybody is the one local person. */
export type Identity =
  | { kind: 'local'; key: 'local' }
  | {
      kind: 'person'
      /** `TENANT/OBJECT`: the same in every session and on every instance. */
      key: string
      tenant: string
      object: string
      name: string
      /** Opaque id of the session. Never logged or shown. */
      session: string
    }

/** Identifies the sender of a request. @throws Problem `signin` when the request has no valid session. */
export async function identify(request: Request): Promise<Identity> {
  const signIn = access()
  return signIn === null ? { kind: 'local', key: 'local' } : personOf(await readSession(signIn, request))
}

/** Reads the session of a request. @throws Problem `signin` when there is none, or it has ended. */
export async function readSession(signIn: SignIn, request: Request): Promise<Session> {
  const id = await sessionId(signIn, request)
  if (id === null) throw new Problem('signin', 'Session is missing or over: sign in')
  return signIn.sessions.read(id)
}

/** The session id in a request's cookie, or null without one. @throws Problem `signin` for a cookie that this server did not create. */
export async function sessionId({ config, seal }: SignIn, request: Request): Promise<string | null> {
  const cookie = readCookie(request, cookieName('session', config.publicUrl))
  if (cookie === null) return null
  const { id } = ((await seal.open('cookie', '', cookie)) ?? {}) as { id?: unknown }
  if (typeof id !== 'string') throw new Problem('signin', 'Session cookie cannot be opened: sign in again')
  return id
}

function personOf({ id, tenant, object, name }: Session): Identity {
  return { kind: 'person', key: `${tenant}/${object}`, tenant, object, name, session: id }
}
