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

/** A parse thread ended, or failed at what it read: whose bytes did that is not known, only which blobs it was reading. */
export class ThreadStopped extends Problem {
  /** `blobs`: what the thread had been given and had not finished, by Blob.id. */
  constructor(
    readonly blobs: ReadonlySet<number>,
    cause: Error,
  ) {
    super('store', 'Parser failed; the log of the server has the details', { cause })
  }
}

export function brokenBy(error: unknown): Broken {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null
  return { message: error instanceof Error ? (error.stack ?? error.message) : String(error), code }
}

/** Returns a Problem that names no file; its cause does, which only the log shows. `blobs`: see ThreadStopped. */
export function brokenProblem({ message, code }: Broken, blobs: ReadonlySet<number>): Problem {
  const cause = new Error(message)
  if (code === null) return new ThreadStopped(blobs, cause)
  const why = FULL.includes(code)
    ? 'no space is left in the data directory; free some, and ask again'
    : `the data directory fails with ${code}; ask again`
  return new Problem('busy', `Rows could not be stored: ${why}`, { cause, retryAfter: RELIEF })
}
