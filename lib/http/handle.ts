import 'server-only'
import { type Identity, identify } from '@/lib/auth/identity'
import { Problem } from '@/lib/flow/problem'
import { asProblem, respondProblem } from './respond'
import { type Server, server } from './server'

export interface Context extends Server {
  request: Request
  params: URLSearchParams
  identity: Identity
  requestId: string
  /** Aborts when the asker leaves, or the deadline passes. */
  signal: AbortSignal
}

/** A request that has not been answered by then gets 504. Milliseconds. */
const DEADLINE = 300_000

interface RouteOptions {
  /** Milliseconds, or null for answers that stream as long as they like. */
  deadline?: number | null
  /** Answers without knowing who asks. */
  open?: boolean
}

type OpenContext = Omit<Context, 'identity'>

/** The parts of a route's path that stand for something, by name. */
export type Path = Record<string, string | string[] | undefined>

type RouteContext = { params: Promise<Path> }
type Handler = (request: Request, context: RouteContext) => Promise<Response>

/**
 * The one way into the server: every route is made here. Adds the identity, a request id, a deadline and one log line; turns what is thrown into an
 * error answer.
 */
export function handle(
  route: string,
  answer: (context: OpenContext, path: Path) => Promise<Response>,
  options: RouteOptions & { open: true },
): Handler
export function handle(route: string, answer: (context: Context, path: Path) => Promise<Response>, options?: RouteOptions): Handler
export function handle(
  route: string,
  answer: (context: Context, path: Path) => Promise<Response>,
  { deadline = DEADLINE, open = false }: RouteOptions = {},
): Handler {
  return async (request, { params: path }) => {
    const requestId = crypto.randomUUID()
    const began = performance.now()
    const late = deadline === null ? null : AbortSignal.timeout(deadline)
    const signal = late === null ? request.signal : AbortSignal.any([request.signal, late])
    let home: Server | null = null
    let response: Response
    let problem: Problem | null = null
    try {
      home = await server()
      const params = new URL(request.url).searchParams
      const asker = open ? {} : { identity: await identify(request) }
      response = await answer({ ...home, request, params, requestId, signal, ...asker } as Context, await path)
    } catch (error) {
      problem = asProblem(error)
      if (late?.aborted && problem.kind === 'cancelled') {
        problem = new Problem('slow', `Answer took longer than ${DEADLINE / 1000} s: narrow the range, or ask with wait=0`, {
          cause: error,
        })
      }
      response = respondProblem(problem, requestId)
    }
    const line = { requestId, route, status: response.status, ms: Math.round(performance.now() - began) }
    if (problem === null) home?.log.info(line)
    else if (response.status < 500) home?.log.info({ ...line, kind: problem.kind, message: problem.message })
    else home?.log.error({ ...line, kind: problem.kind, err: describe(problem) })
    return response
  }
}

/** What the log keeps of a failure: causes by name and message, never whole objects, which could hold a request with its secrets. */
function describe(error: unknown, depth = 0): unknown {
  if (!(error instanceof Error) || depth > 4) return undefined
  const message = error.message.replaceAll(/([?&]sig=)[^&\s]+/gi, '$1***')
  return { name: error.name, message, cause: describe(error.cause, depth + 1) }
}
