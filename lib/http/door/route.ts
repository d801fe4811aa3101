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
export type HandledRoute = Serve & { readonly [MADE]: Made }

export function mark(made: Made, serve: Serve): HandledRoute {
  return Object.assign(serve, { [MADE]: made })
}

/** Returns the properties with which `handle` created a route, or null for anything else. */
export function madeBy(exported: unknown): Made | null {
  return typeof exported === 'function' && MADE in exported ? (exported as HandledRoute)[MADE] : null
}
