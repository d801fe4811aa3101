import 'server-only'
import { credentialFor } from '@/lib/auth/credential'
import type { Identity } from '@/lib/auth/identity'
import { Problem } from '@/lib/flow/problem'
import type { Road } from '@/lib/ingest/road'
import type { Server } from './server'

/** The road that shows what this asker may read. @throws Problem `signin` where that depends on a person and there is none. */
export function roadOf({ road, personal }: Pick<Server, 'road' | 'personal'>, identity: Identity): Road {
  if (personal === null) return road
  if (identity.kind === 'local') throw new Problem('signin', 'Storage is read with the rights of who asks: sign in first')
  return personal.of(identity.session, () => credentialFor(identity))
}
