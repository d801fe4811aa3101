/** GET only reads, and also answers HEAD; the others change something. */
export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'

/** The dynamic parts of a route's path, by name. */
export type Path = Record<string, string | string[] | undefined>

interface Made {
  /** Its name in the log and the metrics. */
  name: string
  method: Method
  open: boolean
}

type Serve = (request: Request, context: { params: Promise<Path> }) => Promise<Response>

const MADE = Symbol.for('flowlens.route')

/** A route as Next.js calls it; only `handle` creates one. */
export type Route = Serve & { readonly [MADE]: Made }

export function mark(made: Made, serve: Serve): Route {
  return Object.assign(serve, { [MADE]: made })
}

/** How `handle` created it, or null for anything else. */
export function madeBy(exported: unknown): Made | null {
  return typeof exported === 'function' && MADE in exported ? (exported as Route)[MADE] : null
}
