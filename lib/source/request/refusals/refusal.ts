import type { ProblemKind } from '@/lib/flow/problem'
import type { Seen } from '../seen'

/** One way in which storage, or what lies on the way to it, says no, and what to change then. */
export interface Refusal {
  /** Our name for it. */
  id: string
  /** What `when` or `detail` asks for, for people. */
  said?: string
  kind: ProblemKind
  /** HTTP statuses; any where left out. */
  status?: readonly number[]
  /** Azure's error codes (learn.microsoft.com/rest/api/storageservices/common-rest-api-error-codes), or the system's. */
  codes?: readonly string[]
  /** What Azure's explanation holds. */
  detail?: RegExp
  /** What it was asked with. */
  by?: Seen['by']
  /** What else has to be so. */
  when?: (seen: Seen) => boolean
  /** What is the case, after the place. */
  what: string
  /** What to change; names in braces are filled in from the request (`fill.ts`). */
  change: string
}

export const NOT_READ = 'may not be read'
/** How Azure says that what it was shown proves nothing. */
export const UNPROVEN = ['AuthenticationFailed', 'InvalidAuthenticationInfo', 'NoAuthenticationInformation'] as const
