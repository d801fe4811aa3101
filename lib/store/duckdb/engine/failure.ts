import { Problem } from '@/lib/flow/problem'
import { EndedEarly } from './rows'

/** Matches the engine's errors about a damaged block of its file, all its errors after that, and its errors about a missing or damaged spool file. */
const DAMAGED =
  /corrupt|checksum|invalidated|fatal error|no files found|no such file|^io error|magic bytes|too small to be a parquet|^invalid error|deserialize/i
/** Matches the errors of the engine and of the system when the disk is full. */
const FULL = /no space left|quota exceeded|disk (?:is )?full|max_temp_directory_size/i
/** Matches the engine's error when a query needs more memory than it has and cannot use the disk. */
const EXHAUSTED = /^Out of Memory/i

/** Seconds after which another attempt may succeed. */
export const RELIEF = 5

/** Returns the message of anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

export function isFull(error: unknown): boolean {
  return FULL.test(messageOf(error))
}

/** True if the engine's files are damaged, and only opening them anew can help. */
export function isDamage(error: unknown): boolean {
  const message = messageOf(error)
  return DAMAGED.test(message) && !EXHAUSTED.test(message) && !FULL.test(message)
}

/** Converts an error of the engine to a Problem that begins with `what` and names no path. */
export function problemOf(what: string, error: unknown): Problem {
  const { kind, advice } = meaningOf(error)
  return new Problem(kind, `${what}${advice}`, { cause: error, ...(kind === 'store' ? {} : { retryAfter: RELIEF }) })
}

function meaningOf(error: unknown): { kind: 'limit' | 'busy' | 'store'; advice: string } {
  if (EXHAUSTED.test(messageOf(error)))
    return { kind: 'limit', advice: ': it needs more memory than FLOWLENS_MEMORY leaves the engine; ask for less, or again' }
  if (isFull(error)) return { kind: 'busy', advice: ': no space is left in the data directory; free some, and ask again' }
  if (isDamage(error)) return { kind: 'busy', advice: ': the data file is damaged, and is read anew; ask again' }
  if (error instanceof EndedEarly) return { kind: 'busy', advice: ': the engine stopped before the last row; ask again' }
  return { kind: 'store', advice: '; the log of the server has the details' }
}
