import { createHmac } from 'node:crypto'

const PREFIX = 'whsec_'

function keyOf(secret: string): Buffer {
  return secret.startsWith(PREFIX) ? Buffer.from(secret.slice(PREFIX.length), 'base64') : Buffer.from(secret)
}

/** Returns the headers by which a receiver verifies the sender and recognizes repeats: https://www.standardwebhooks.com. `at` is epoch seconds. */
export function signed(secret: string | null, { id, at, body }: { id: string; at: number; body: string }): Record<string, string> {
  const known = { 'webhook-id': id, 'webhook-timestamp': String(at) }
  if (secret === null) return known
  return { ...known, 'webhook-signature': `v1,${createHmac('sha256', keyOf(secret)).update(`${id}.${at}.${body}`).digest('base64')}` }
}
