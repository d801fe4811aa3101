import { send } from '@/lib/net/send'
import { type BodyKind, bodyOf, type Message } from './message'
import { signed } from './sign'

export interface Address {
  body: BodyKind
  /** Contains a secret. */
  url: string
}

/** Time that an address has to accept a message. Milliseconds. */
const PATIENCE = 10_000

/** The reason why an address did not accept a message, without any part of its URL. */
export class NotTaken extends Error {}

function reasonOf(error: unknown, patience: number): string {
  if (!(error instanceof Error)) return 'it could not be reached'
  if (error.name === 'TimeoutError' || error.name === 'AbortError') return `it did not answer within ${patience / 1000} s`
  if (error.message === 'unexpected redirect') return 'it redirects, and redirects are not followed'
  const code = 'code' in error ? String(error.code) : ''
  return /^[A-Z][A-Z0-9_]{2,60}$/.test(code) ? `it could not be reached (${code})` : 'it could not be reached'
}

/** Sends a message to one address, once; any 2xx status counts as success, and the response body is not read. @throws NotTaken */
export async function tell({ body: kind, url }: Address, message: Message, secret: string | null, patience = PATIENCE): Promise<void> {
  const body = bodyOf(kind, message)
  const at = Math.floor(Date.now() / 1000)
  const headers = { 'content-type': 'application/json', 'user-agent': 'Flowlens', ...signed(secret, { id: message.id, at, body }) }
  let response: Response
  try {
    response = await send(url, { method: 'POST', headers, body, signal: AbortSignal.timeout(patience) })
  } catch (error) {
    throw new NotTaken(reasonOf(error, patience))
  }
  await response.body?.cancel()
  if (!response.ok) throw new NotTaken(`it answered ${response.status}`)
}

/** Returns an address as people may see it: `slack at hooks.slack.com`. */
export function nameOf({ body, url }: Address): string {
  return `${body} at ${new URL(url).host}`
}
