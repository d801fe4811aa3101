import { expiryNotice } from '@/lib/flow/access/expiry'
import type { HealthAnswer } from '@/lib/flow/answer/read/health'

export type SourceHealth = HealthAnswer['sources'][number]

/** The notice that the SAS of a working source ends soon, or null. */
export function noticeOf({ expires, problem }: SourceHealth): string | null {
  return expires === null || problem !== null ? null : expiryNotice(Date.parse(expires), Date.now())
}
