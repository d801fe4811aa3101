/** Limits of the attempts at a request. Times in milliseconds. */
export interface Pace {
  /** Attempts in total. */
  tries: number
  /** First backoff; it doubles with each attempt. */
  base: number
  /** Longest wait between two attempts, even if the server asks for more. */
  cap: number
  /** Longest time of one attempt. */
  deadline: number
  /** Longest wait for the first byte of a range, and for each further piece. */
  stall: number
}

export const PACE: Pace = { tries: 8, base: 200, cap: 20_000, deadline: 60_000, stall: 10_000 }

const TRANSIENT_STATUS = new Set([408, 429, 500, 502, 503, 504])
const LASTING_CODES = /^(ENOTFOUND|CERT_|ERR_TLS_|ERR_SSL_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|HOSTNAME_MISMATCH|ERR_INVALID_)/

/** An attempt that ended without a response from the server; `code` is the system's error code, if any. */
export interface BrokenRequest {
  code: string | undefined
}

/** True if another attempt may succeed, given an HTTP status or a cut. Of the cuts, only an unknown host name and a bad certificate are permanent. */
export function isTransient(failure: number | BrokenRequest): boolean {
  return typeof failure === 'number' ? TRANSIENT_STATUS.has(failure) : failure.code === undefined || !LASTING_CODES.test(failure.code)
}

/**
 * Returns the wait before the attempt after `attempt` (0 is the first): full jitter (0..1 from `random`) under a bound that doubles. At least the time that the
 * server asked for, at most the cap.
 */
export function backoff(attempt: number, retryAfter: number | null, pace: Pace, random: () => number): number {
  const jittered = random() * Math.min(pace.cap, pace.base * 2 ** attempt)
  return Math.min(pace.cap, Math.max(jittered, retryAfter ?? 0))
}
