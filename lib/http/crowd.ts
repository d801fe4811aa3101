import { randomUUID } from 'node:crypto'
import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http'
import { Problem } from '@/lib/flow/problem'
import { toErrorAnswer } from './respond'

/** Requests that Next.js may have in hand at once: each costs it milliseconds before any limit of ours is asked, and a refusal here costs next to none. */
export const CROWD = 256
/** Whether the process lives is told however many there are. */
const PROBE = '/api/health/'
/** Seconds. */
const COME_BACK = '2'

const HELD = Symbol.for('flowlens.crowd')
const holder = globalThis as { [HELD]?: { inHand: number; refused: number } }

function crowd(): { inHand: number; refused: number } {
  holder[HELD] ??= { inHand: 0, refused: 0 }
  return holder[HELD]
}

function refuse(response: ServerResponse): void {
  crowd().refused++
  const requestId = randomUUID()
  const problem = new Problem('busy', `Server is asked too much at once: ${CROWD} requests are being answered; ask again in a moment`)
  response.writeHead(503, {
    'retry-after': COME_BACK,
    'content-type': 'application/json',
    'cache-control': 'private, no-store',
    'x-content-type-options': 'nosniff',
    'x-request-id': requestId,
  })
  response.end(JSON.stringify(toErrorAnswer(problem, requestId)))
}

function take(request: IncomingMessage, response: ServerResponse, theirs: RequestListener): void {
  const now = crowd()
  if (now.inHand >= CROWD && !request.url?.startsWith(PROBE)) {
    refuse(response)
    return
  }
  now.inHand++
  response.once('close', () => now.inHand--)
  theirs(request, response)
}

/** Lets no more requests through to whoever listens to the server now than they can take at once. */
export function holdBack(server: Server): void {
  const listeners = server.listeners('request') as RequestListener[]
  server.removeAllListeners('request')
  for (const theirs of listeners) server.on('request', (request, response) => take(request, response, theirs))
}

/** Requests refused since the start because there were too many. */
export function refusedOfCrowd(): number {
  return crowd().refused
}
