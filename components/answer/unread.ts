import type { Coverage } from '@/lib/flow/answers'

/** Whether nothing of the range has been read, so that a zero would say nothing about the traffic. */
export function isUnread({ complete, blobsRead, tuples }: Coverage): boolean {
  return !complete && blobsRead === 0 && tuples === 0
}
