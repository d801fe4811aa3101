import { randomUUID } from 'node:crypto'
import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http'
import { Problem } from '@/lib/flow/problem'
import { toErrorAnswer } from '@/lib/http/report/respond'

/** Most requests that Next.js handles at once: each costs it milliseconds before any of our limits applies; a refusal here costs almost nothing. */
export const CROWD = 256
/** Parts of a path that mean another path (`..`), or another separator, plain or as an escape. Our routes have none. */
const ODD_PATH = /\/\/|\\|%2f|%5c|(?:\/|^)(?:\.|%2e){1,2}(?:\/|$)/i
/** Always answered. */
const PROBES = ['/api/health/live', '/api/health/ready']
/** Seconds. */
const COME_BACK = '2'

interface Crowd {
  inHand: number
  refused: number
  probes: ReadonlyMap<string, Probe>
}

const HELD = Symbol.for('flowlens.crowd')
const holder = globalThis as { [HELD]?: Crowd }

function crowd(): Crowd {
  holder[HELD] ??= { inHand: 0, refused: 0, probes: new Map() }
  return holder[HELD]
}

/**
 * From now on these paths are answered first, and before Next.js. The module of the routes says so when it is loaded, and not the one that learns the
 * server: Next.js loads modules twice, and a store must have been opened by the module whose classes its questions are of.
 */
export function answerFirst(probes: ReadonlyMap<string, Probe>): void {
  crowd().probes = probes
}

/** Answers a request for a path before Next.js sees it; never rejects. */
export type Probe = (request: IncomingMessage, response: ServerResponse) => Promise<void>

function refuse(response: ServerResponse, status: number, problem: Problem): void {
  const requestId = randomUUID()
  response.writeHead(status, {
    ...(status === 503 && { 'retry-after': COME_BACK }),
    'content-type': 'application/json',
    'cache-control': 'private, no-store',
    'x-content-type-options': 'nosniff',
    'x-request-id': requestId,
  })
  response.end(JSON.stringify(toErrorAnswer(problem, requestId)))
}

function take(request: IncomingMessage, response: ServerResponse, theirs: RequestListener): void {
  const now = crowd()
  const path = request.url?.split(/[?#]/, 1)[0] ?? ''
  if (ODD_PATH.test(path)) {
    refuse(response, 400, new Problem('ask', 'Path of the URL is not in its plain form'))
    return
  }
  const probe = now.probes.get(path)
  if (probe !== undefined) {
    void probe(request, response)
    return
  }
  if (now.inHand >= CROWD && !PROBES.includes(path)) {
    now.refused++
    refuse(response, 503, new Problem('busy', `Server is too busy: ${CROWD} requests are running; try again in a moment`))
    return
  }
  now.inHand++
  response.once('close', () => now.inHand--)
  theirs(request, response)
}

/** Limits the simultaneous requests that reach the server's current listeners. */
export function holdBack(server: Server): void {
  const listeners = server.listeners('request') as RequestListener[]
  server.removeAllListeners('request')
  for (const theirs of listeners) server.on('request', (request, response) => take(request, response, theirs))
}

/** Requests refused since the start because there were too many. */
export function refusedOfCrowd(): number {
  return crowd().refused
}
