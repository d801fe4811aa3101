import { RestError } from '@azure/storage-blob'
import { Problem, type ProblemKind } from '@/lib/flow/problem'
import { parseRetryAfter } from '@/lib/flow/retry-after'
import { isTransient } from './retry'

/** An attempt that we gave up, or a body of the wrong length. */
export class Cut extends Error {
  override name = 'Cut'
}

interface Verdict {
  /** Another attempt may fare better. */
  transient: boolean
  /** Milliseconds that the server asks to wait, or null. */
  retryAfter: number | null
}

export function judge(error: unknown, now: number): Verdict {
  const { status, code } = traits(error)
  const header = error instanceof RestError ? error.response?.headers.get('retry-after') : undefined
  return { transient: isTransient(status ?? { code }), retryAfter: parseRetryAfter(header, now) }
}

/**
 * What Azure said about `subject`, a URL without its query. The error itself is left out, as cause too: it holds the request's URL and with it
 * the SAS. Codes: learn.microsoft.com/rest/api/storageservices/blob-service-error-codes.
 */
export function azureProblem(subject: string, error: unknown): Problem {
  if (error instanceof Problem) return error
  const { status, code } = traits(error)
  const said = [status, code].filter((part) => part !== undefined).join(' ')
  const [kind, what] = status === undefined ? (['source', silence(error)] as const) : answer(status)
  return new Problem(kind, `${subject} ${what}${said === '' ? '' : ` (${said})`}`, { where: subject })
}

function answer(status: number): readonly [ProblemKind, string] {
  if (status === 401 || status === 403)
    return ['denied', 'may not be read: the credential is missing, wrong, expired or lacks read and list rights']
  if (status === 404) return ['absent', 'does not exist']
  if (status === 412 || status === 416) return ['changed', 'changed while it was being read']
  if (status === 429 || status === 503) return ['source', 'is too busy to answer']
  return ['source', 'did not answer as expected']
}

function silence(error: unknown): string {
  return error instanceof Cut ? error.message : 'could not be reached, or the connection was cut'
}

function traits(error: unknown): { status: number | undefined; code: string | undefined } {
  const { statusCode, code } = (error ?? {}) as { statusCode?: unknown; code?: unknown }
  return {
    status: typeof statusCode === 'number' && statusCode >= 400 ? statusCode : undefined,
    code: typeof code === 'string' && /^\w{1,80}$/.test(code) ? code : undefined,
  }
}
