import type { ErrorAnswer } from '@/lib/flow/answer/error'
import type { ProblemKind } from '@/lib/flow/problem'

/** The kinds of the API; `network` if nothing, or only a part, arrived; `unknown` if the response does not say. */
type AnswerErrorKind = ProblemKind | 'network' | 'unknown'

/** A request without an answer. `key` and `at` are those of the API. */
export class AnswerError extends Error {
  readonly kind: AnswerErrorKind
  readonly key: string | null
  readonly at: number | null
  readonly requestId: string | null
  readonly status: number

  constructor(
    message: string,
    place: { kind: AnswerErrorKind; key?: string | null; at?: number | null; requestId?: string | null; status: number },
  ) {
    super(message)
    this.name = 'AnswerError'
    this.kind = place.kind
    this.key = place.key ?? null
    this.at = place.at ?? null
    this.requestId = place.requestId ?? null
    this.status = place.status
  }
}

function isErrorAnswer(body: unknown): body is ErrorAnswer {
  if (typeof body !== 'object' || body === null || !('error' in body)) return false
  const { error } = body
  return typeof error === 'object' && error !== null && 'message' in error && typeof error.message === 'string'
}

/** Converts a failed response to an error that is readable whatever its body is. */
export function toAnswerError(status: number, body: unknown): AnswerError {
  if (isErrorAnswer(body)) return new AnswerError(body.error.message, { ...body.error, status })
  return new AnswerError(`Server error (HTTP ${status}).`, { kind: 'unknown', status })
}
