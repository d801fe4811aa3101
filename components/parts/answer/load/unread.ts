import { allRead } from '@/lib/flow/answer/all-read'
import type { Coverage } from '@/lib/flow/answer/answer'

/** True if nothing of the range has been read, so that a zero would say nothing about the traffic. */
export function isUnread(coverage: Coverage): boolean {
  return !allRead(coverage) && coverage.blobsRead === 0 && coverage.tuples === 0
}
