import { Problem } from '@/lib/flow/problem'

/** Error codes of a full disk. */
const FULL = ['ENOSPC', 'EDQUOT']
/** Seconds after which a retry may succeed. */
const RELIEF = 5

/** A parse thread's failure, with the error code of its system call, if any. */
export interface Broken {
  message: string
  code: string | null
}

export function brokenBy(error: unknown): Broken {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null
  return { message: error instanceof Error ? (error.stack ?? error.message) : String(error), code }
}

/** Returns a Problem that names no file; its cause does, which only the log shows. */
export function brokenProblem({ message, code }: Broken): Problem {
  const cause = new Error(message)
  if (code === null) return new Problem('store', 'Parser failed; the log of the server has the details', { cause })
  const why = FULL.includes(code)
    ? 'no space is left in the data directory; free some, and ask again'
    : `the data directory fails with ${code}; ask again`
  return new Problem('busy', `Rows could not be stored: ${why}`, { cause, retryAfter: RELIEF })
}
