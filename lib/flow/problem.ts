/**
 * What went wrong, in terms of whose turn it is:
 * `ask` the question itself is wrong (400), `denied` the reader has no right (403), `absent` there is no such thing (404),
 * `conflict` somebody else changed it first (409), `changed` the bytes moved under the reader, `source` storage failed (502), `slow` time ran out (504), `busy` too much at once (503),
 * `cancelled` nobody waits any more, `config` the environment is wrong, `store` the engine failed (500).
 */
export type ProblemKind =
  | 'ask'
  | 'denied'
  | 'absent'
  | 'conflict'
  | 'changed'
  | 'source'
  | 'slow'
  | 'busy'
  | 'cancelled'
  | 'config'
  | 'store'

export interface ProblemPlace {
  /** The link key that is wrong, e.g. `q`. */
  key?: string
  /** Zero-based character position inside that key's value. */
  at?: number
  /** The source, blob or file concerned. Never carries a secret. */
  where?: string
  cause?: unknown
}

/** The one error class of the program. Messages are shown to people: they start with the subject and carry no secrets. */
export class Problem extends Error {
  readonly kind: ProblemKind
  readonly key: string | undefined
  readonly at: number | undefined
  readonly where: string | undefined

  constructor(kind: ProblemKind, message: string, place: ProblemPlace = {}) {
    super(message, place.cause === undefined ? undefined : { cause: place.cause })
    this.name = 'Problem'
    this.kind = kind
    this.key = place.key
    this.at = place.at
    this.where = place.where
  }
}
