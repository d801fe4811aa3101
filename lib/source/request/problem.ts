import { Problem } from '@/lib/flow/problem'
import { parseRetryAfter } from '@/lib/net/retry-after'
import { fill } from './refusals/fill'
import { refusalOf } from './refusals/find'
import { isTransient } from './retry'
import { refusedBy, seen } from './seen'

interface Verdict {
  /** True if another attempt may succeed. */
  transient: boolean
  /** Milliseconds that the server asked to wait, or null. */
  retryAfter: number | null
}

export function judge(error: unknown, now: number): Verdict {
  const { statusCode, code } = (error ?? {}) as { statusCode?: unknown; code?: unknown }
  const header = refusedBy(error)?.response?.headers.get('retry-after')
  const failure = typeof statusCode === 'number' && statusCode >= 400 ? statusCode : { code: typeof code === 'string' ? code : undefined }
  return { transient: isTransient(failure), retryAfter: parseRetryAfter(header, now) }
}

/**
 * Returns the problem with its advice. `subject` is a URL without its query, `now` our clock. The error itself is left out, also as cause: it holds the
 * request's URL, which contains the SAS.
 */
export function azureProblem(subject: string, error: unknown, now: number): Problem {
  if (error instanceof Problem) return error
  const known = seen(subject, error, now)
  const { kind, what, change } = refusalOf(known)
  const said = [known.status, known.code].filter((part) => part !== undefined).join(' ')
  return new Problem(kind, `${subject} ${fill(`${what}: ${change}`, known)}${said === '' ? '' : ` (${said})`}`, { where: subject })
}
