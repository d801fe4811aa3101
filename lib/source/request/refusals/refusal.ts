import type { ProblemKind } from '@/lib/flow/problem'
import type { FailedRequest } from '../seen'

/** One way in which storage, or a system between it and us, refuses a request, and what to change then. */
export interface Refusal {
  /** Our name for it. */
  id: string
  /** The conditions in `when` or `detail`, in words. */
  said?: string
  kind: ProblemKind
  /** HTTP statuses; if left out, any. */
  status?: readonly number[]
  /** Azure's error codes (learn.microsoft.com/rest/api/storageservices/common-rest-api-error-codes), or the system's. */
  codes?: readonly string[]
  /** Matches Azure's explanation. */
  detail?: RegExp
  /** Credential of the request. */
  by?: FailedRequest['by']
  /** Further condition. */
  when?: (seen: FailedRequest) => boolean
  /** The fault, as text after the place. */
  what: string
  /** The advice; names in braces are filled in from the request (`fill.ts`). */
  change: string
}

export const NOT_READ = 'may not be read'
/** Azure's error codes for a failed authentication. */
export const UNPROVEN = ['AuthenticationFailed', 'InvalidAuthenticationInfo', 'NoAuthenticationInformation'] as const
