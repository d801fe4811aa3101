import type { Identity } from '@/lib/auth/identity'

/** The name that others see; null without sign-in. */
export function nameOf(identity: Identity): string | null {
  return identity.kind === 'local' ? null : identity.name
}
