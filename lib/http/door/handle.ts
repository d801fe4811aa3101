import 'server-only'
import type { Logger } from 'pino'
import { type Identity, identify } from '@/lib/auth/identity'
import type { Problem } from '@/lib/flow/problem'
import { describeFailure } from '@/lib/http/report/describe-failure'
import { log } from '@/lib/http/report/log'
import { asProblem, respondProblem } from '@/lib/http/report/respond'
import { countUnderway, refuseWhenClosing, Underway } from '@/lib/http/server/limits/underway'
import { metrics } from '@/lib/http/server/metrics'
import { roadOf, type Server, server } from '@/lib/http/server/server'
import { settings } from '@/lib/http/server/settings'
import { newTally, type Tally, tallied } from '@/lib/ingest/threads/pool/tally'
import { crowded } from './beyond'
import { measured } from './measured'
import { personOf } from './person'
import { refuseAtDoor } from './refuse-at-door'
import { type HandledRoute, type Method, mark, type Path } from './route'

export type { Path } from './route'

/** Available to every route, even one that needs neither a person nor the store. */
export interface Bare {
  request: Request
  params: URLSearchParams
  requestId: string
  /** Aborts when the client disconnects, the deadline passes or the server stops. */
  signal: AbortSignal
  log: Logger
  /** The Problem to report to the client; for an interrupted request it says why. */
  explain(error: unknown): Problem
  /** Records the number of rows in the answer for the log. */
  count(rows: number): void
}

export interface Context extends Server, Bare {
  identity: Identity
}

interface RouteOptions {
  method?: Method
  /** Replaces FLOWLENS_LIMIT_DEADLINE, in milliseconds; null for streams, which have no deadline. */
  deadline?: number | null
  /** Needs no sign-in. */
  open?: boolean
  /** Open, and uses no store; answers for any host name, and while the server stops. */
  alone?: boolean
  /** Counts as a running export. */
  isExport?: boolean
}

type Answer<Given> = (context: Given, path: Path) => Promise<Response>

/**
 * Creates every route of the server. A route first checks the request (host, method, origin, body), then identifies the person, applies limits and
 * deadline, turns errors into error answers, and writes one log line when the last byte is sent.
 */
export function handle(route: string, answer: Answer<Bare>, options: RouteOptions & { open: true; alone: true }): HandledRoute
export function handle(route: string, answer: Answer<Omit<Context, 'identity'>>, options: RouteOptions & { open: true }): HandledRoute
export function handle(route: string, answer: Answer<Context>, options?: RouteOptions): HandledRoute
export function handle(name: string, answer: Answer<Context>, options: RouteOptions = {}): HandledRoute {
  const { method = 'GET', open = false, alone = false, isExport = false } = options

  async function admit(request: Request, underway: Underway): Promise<Partial<Context>> {
    const { publicUrl, allowAnonymous } = settings()
    refuseAtDoor(request, { method, publicUrl, allowAnonymous, anyHost: alone })
    if (alone) return {}
    refuseWhenClosing()
    if (open) return server()
    const identity = await identify(request)
    underway.person = identity.key
    crowded(
      'asks',
      countUnderway(({ person }) => person === identity.key),
      'Too many requests of one person at once',
    )
    if (isExport)
      crowded(
        'exports',
        countUnderway((one) => one.isExport),
        'Too many exports at once',
      )
    const home = await server()
    return { ...home, identity, road: roadOf(home, identity) }
  }

  async function serve(request: Request, path: Promise<Path>, tally: Tally): Promise<Response> {
    const began = performance.now()
    const requestId = crypto.randomUUID()
    const underway = new Underway(request.signal, isExport)
    let rows: number | null = null
    let given: Partial<Context> = {}
    const failed: { problem: Problem | null } = { problem: null }
    let deadline: number | null = null
    const explain = (error: unknown) => {
      failed.problem = underway.explain(error, deadline) ?? asProblem(error)
      return failed.problem
    }
    let response: Response
    try {
      deadline = options.deadline === undefined ? settings().limits.deadline : options.deadline
      if (deadline !== null) underway.allow(deadline)
      given = await admit(request, underway)
      const bare: Bare = {
        request,
        params: new URL(request.url).searchParams,
        requestId,
        signal: underway.signal,
        log: log(),
        explain,
        count: (more) => {
          rows = (rows ?? 0) + more
        },
      }
      response = await answer({ ...given, ...bare } as Context, await path)
    } catch (error) {
      response = respondProblem(explain(error), requestId)
    }
    underway.begun()
    return measured(response, request, ({ bytes, whole }) => {
      underway.over()
      const ms = Math.round(performance.now() - began)
      const { status } = response
      const { problem } = failed
      if (problem?.kind !== 'config') metrics()?.answered({ route: name, method: request.method, status, ms })
      const person = given.identity === undefined ? null : personOf(given.identity)
      const line = { requestId, person, route: name, method: request.method, status, ms, rows, bytes, storage: tally, whole }
      if (problem === null) log().info(line)
      else if (status < 500) log().info({ ...line, kind: problem.kind, message: problem.message })
      else log().error({ ...line, kind: problem.kind, err: describeFailure(problem) })
    })
  }

  return mark({ name, method, open }, (request, { params }) => {
    const tally = newTally()
    return tallied(tally, () => serve(request, params, tally))
  })
}
