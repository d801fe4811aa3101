import { randomUUID } from 'node:crypto'
import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http'
import { Problem } from '@/lib/flow/problem'
import { toErrorAnswer } from '@/lib/http/report/respond'
import { BuiltFiles } from '@/lib/http/server/files/built-files'
import { isPlain, otherMethods, pathOf } from './plain'
import { RequestQueue } from './request-queue'

/**
 * Maximum number of requests that Next.js handles at once. Each costs it milliseconds before any of our limits applies; a refusal here costs almost nothing.
 */
export const CROWD = 256
/** `next dev` has methods and a protocol of its own. */
const DEVELOPING = process.env.NODE_ENV === 'development'
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
/** The script that starts the built app leaves the folder of its files here; `next dev` has none. */
const BUILT = Symbol.for('flowlens.built')
const queue = new RequestQueue()
const holder = globalThis as { [HELD]?: Crowd; [BUILT]?: string }

function crowd(): Crowd {
  holder[HELD] ??= { inHand: 0, refused: 0, probes: new Map() }
  return holder[HELD]
}

/**
 * Makes these paths be answered before Next.js. Called by the module of the routes, not by the one that gets hold of the server: Next.js loads modules twice,
 * and the store must have been opened by the module whose classes its queries have.
 */
export function answerFirst(probes: ReadonlyMap<string, Probe>): void {
  crowd().probes = probes
}

/** Answers a request for a path before Next.js sees it; never rejects. */
export type Probe = (request: IncomingMessage, response: ServerResponse) => Promise<void>

function refuse(response: ServerResponse, status: number, problem: Problem, headers: Readonly<Record<string, string>> = {}): void {
  const requestId = randomUUID()
  response.writeHead(status, {
    ...headers,
    'content-type': 'application/json',
    'cache-control': 'private, no-store',
    'x-content-type-options': 'nosniff',
    'x-request-id': requestId,
  })
  response.end(JSON.stringify(toErrorAnswer(problem, requestId)))
}

function take(request: IncomingMessage, response: ServerResponse, files: BuiltFiles | null, theirs: RequestListener): void {
  const now = crowd()
  const path = pathOf(request.url ?? '')
  const method = request.method ?? ''
  if (!isPlain(path)) {
    refuse(response, 400, new Problem('ask', 'Path of the URL is not in its plain form'))
    return
  }
  const methods = DEVELOPING ? null : otherMethods(method, path)
  if (methods !== null) {
    const allow = methods.join(', ')
    refuse(response, 405, new Problem('ask', `Method ${method} is not allowed here; expected ${allow}`), { allow })
    return
  }
  if (files?.answer(path, request, response)) return
  const probe = now.probes.get(path)
  if (probe !== undefined) {
    void probe(request, response)
    return
  }
  if (now.inHand >= CROWD && !PROBES.includes(path)) {
    now.refused++
    const problem = new Problem('busy', `Server is too busy: ${CROWD} requests are running; try again in a moment`)
    refuse(response, 503, problem, { 'retry-after': COME_BACK })
    return
  }
  now.inHand++
  response.once('close', () => now.inHand--)
  queue.join(request, () => theirs(request, response))
}

/** Limits the simultaneous requests that reach the server's current listeners. */
export function holdBack(server: Server): void {
  const listeners = server.listeners('request') as RequestListener[]
  server.removeAllListeners('request')
  server.on('connection', () => queue.arrive())
  const folder = holder[BUILT]
  const files = folder === undefined ? null : new BuiltFiles(folder)
  for (const theirs of listeners) server.on('request', (request, response) => take(request, response, files, theirs))
  // Without these, who asks for another protocol is answered as anybody else.
  if (!DEVELOPING) server.removeAllListeners('upgrade')
}

/** Returns the number of requests refused since the start because there were too many. */
export function refusedOfCrowd(): number {
  return crowd().refused
}
