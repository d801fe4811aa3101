import 'server-only'
import { createHmac, hkdfSync, randomBytes } from 'node:crypto'
import type { Identity } from '@/lib/auth/identity'
import { settings } from '@/lib/http/server/settings'

const HELD = Symbol.for('flowlens.person-key')
const holder = globalThis as { [HELD]?: Buffer }

/** Derived from the session secret, so every instance writes the same name; random without a secret. */
function key(): Buffer {
  const secret = settings().signIn?.sessionSecrets[0]
  holder[HELD] ??= secret === undefined ? randomBytes(32) : Buffer.from(hkdfSync('sha256', secret, '', 'flowlens log: person', 32))
  return holder[HELD]
}

/** A person's pseudonym in the log: the same for each of their requests, and not reversible. */
export function personOf(identity: Identity): string {
  return identity.kind === 'local' ? 'local' : createHmac('sha256', key()).update(identity.key).digest('base64url').slice(0, 16)
}
