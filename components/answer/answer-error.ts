import type { ErrorAnswer } from '@/lib/flow/answers'

/** A request that brought no answer. `kind`, `key` and `at` are the API's own words (design: errors); `network` when nothing came back. */
export class AnswerError extends Error {
  readonly kind: string
  readonly key: string | null
  readonly at: number | null
  readonly requestId: string | null
  readonly status: number

  constructor(
    message: string,
    place: { kind: string; key?: string | null; at?: number | null; requestId?: string | null; status: number },
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

/** The error that a failed response stands for, readable whatever its body is. */
export function toAnswerError(status: number, body: unknown): AnswerError {
  if (isErrorAnswer(body)) return new AnswerError(body.error.message, { ...body.error, status })
  return new AnswerError(`The server answered ${status} without saying why.`, { kind: 'unknown', status })
}
