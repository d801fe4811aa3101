/**
 * Kinds of problems: `ask` the request is wrong (400), `signin` the person must sign in (401), `denied` the person has no permission (403), `absent` the object
 * does not exist (404), `conflict` somebody else changed it first (409), `limit` too many requests by this person at once (429), `changed` the bytes changed
 * during the read, `source` storage failed (502), `slow` the deadline passed (504), `busy` too many requests (503), `cancelled` nobody waits any more, `config`
 * the environment is wrong, `store` the engine failed (500).
 */
export const PROBLEM_KINDS = [
  'ask',
  'signin',
  'denied',
  'absent',
  'conflict',
  'limit',
  'changed',
  'source',
  'slow',
  'busy',
  'cancelled',
  'config',
  'store',
] as const
export type ProblemKind = (typeof PROBLEM_KINDS)[number]

export interface ProblemPlace {
  /** The link key that is wrong, e.g. `q`. */
  key?: string
  /** Zero-based character position inside that key's value. */
  at?: number
  /** The source, blob or file concerned. Never contains a secret. */
  where?: string
  /** Seconds after which a retry may succeed. */
  retryAfter?: number
  cause?: unknown
}

/** The one error class of the program. Messages are shown to people: they start with the subject and contain no secrets. */
export class Problem extends Error {
  readonly kind: ProblemKind
  readonly key: string | undefined
  readonly at: number | undefined
  readonly where: string | undefined
  readonly retryAfter: number | undefined

  constructor(kind: ProblemKind, message: string, place: ProblemPlace = {}) {
    super(message, place.cause === undefined ? undefined : { cause: place.cause })
    this.name = 'Problem'
    this.kind = kind
    this.key = place.key
    this.at = place.at
    this.where = place.where
    this.retryAfter = place.retryAfter
  }
}
