/** What a route does: GET reads, and answers HEAD as well; the others change something. */
export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'

/** The parts of a route's path that stand for something, by name. */
export type Path = Record<string, string | string[] | undefined>

interface Made {
  /** As the log and the metrics name it. */
  name: string
  method: Method
  open: boolean
}

type Serve = (request: Request, context: { params: Promise<Path> }) => Promise<Response>

const MADE = Symbol.for('flowlens.route')

/** A route as Next.js calls it, made by `handle` and by nothing else. */
export type Route = Serve & { readonly [MADE]: Made }

export function mark(made: Made, serve: Serve): Route {
  return Object.assign(serve, { [MADE]: made })
}

/** What `handle` made, or null when that was something else. */
export function madeBy(exported: unknown): Made | null {
  return typeof exported === 'function' && MADE in exported ? (exported as Route)[MADE] : null
}
