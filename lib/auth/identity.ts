import { readConfig } from '@/lib/config'
import { Problem } from '@/lib/flow/problem'

/** Who is asking. Without a sign-in configured everybody who reaches the server is the one local person. */
export type Identity =
  | { kind: 'local'; key: 'local' }
  | {
      kind: 'person'
      /** `TENANT/OBJECT`: who it is, in every session and on every instance. */
      key: string
      tenant: string
      object: string
      name: string
      /** Opaque id of the session. Never logged or shown. */
      session: string
    }

const LOCAL: Identity = { kind: 'local', key: 'local' }

/** Who sent this request. @throws Problem `signin` when it comes with no session that holds. */
export async function identify(_request: Request): Promise<Identity> {
  if (readConfig(process.env).signIn === null) return LOCAL
  throw new Problem('signin', 'Session is missing: sign in first')
}
