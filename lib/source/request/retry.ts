/** How hard a request is tried. Times in milliseconds. */
export interface Pace {
  /** Attempts in all. */
  tries: number
  /** First backoff; it doubles with each attempt. */
  base: number
  /** Longest wait between two attempts, also when the server asks for more. */
  cap: number
  /** One attempt may take this long. */
  deadline: number
  /** The first byte of a range, and each further piece, may take this long. */
  stall: number
}

export const PACE: Pace = { tries: 8, base: 200, cap: 20_000, deadline: 60_000, stall: 10_000 }

const TRANSIENT_STATUS = new Set([408, 429, 500, 502, 503, 504])
const LASTING_CODES = /^(ENOTFOUND|CERT_|ERR_TLS_|ERR_SSL_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|HOSTNAME_MISMATCH|ERR_INVALID_)/

/** An attempt that ended without an answer from the server; `code` is the system's, when it gave one. */
export interface Cut {
  code: string | undefined
}

/** Whether another attempt may fare better: an HTTP status, or a cut (only a name that does not resolve or a bad certificate lasts). */
export function isTransient(failure: number | Cut): boolean {
  return typeof failure === 'number' ? TRANSIENT_STATUS.has(failure) : failure.code === undefined || !LASTING_CODES.test(failure.code)
}

/**
 * Wait before the attempt after `attempt` (0 is the first): full jitter (0..1 from `random`) under a doubling bound; never less than the server
 * asked for, never more than the cap.
 */
export function backoff(attempt: number, retryAfter: number | null, pace: Pace, random: () => number): number {
  const jittered = random() * Math.min(pace.cap, pace.base * 2 ** attempt)
  return Math.min(pace.cap, Math.max(jittered, retryAfter ?? 0))
}
