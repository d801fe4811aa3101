import 'server-only'
import { createHmac, hkdfSync, randomBytes } from 'node:crypto'
import type { Identity } from '@/lib/auth/identity'
import { settings } from './settings'

const HELD = Symbol.for('flowlens.person-key')
const holder = globalThis as { [HELD]?: Buffer }

/** Made of the secret that seals sessions, so that every instance writes the same name; without one, of nothing that outlives the process. */
function key(): Buffer {
  const secret = settings().signIn?.sessionSecrets[0]
  holder[HELD] ??= secret === undefined ? randomBytes(32) : Buffer.from(hkdfSync('sha256', secret, '', 'flowlens log: person', 32))
  return holder[HELD]
}

/** Who asks, as the log names them: the same person has the same name, which leads back to nobody. */
export function personOf(identity: Identity): string {
  return identity.kind === 'local' ? 'local' : createHmac('sha256', key()).update(identity.key).digest('base64url').slice(0, 16)
}
