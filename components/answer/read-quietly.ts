import type { Plan } from '@/lib/flow/answers'

/** So much is read at most beside what the reader asked for; more needs a range of its own, with its progress and its cancel. Bytes. */
export const READ_QUIETLY = 256 * 1024 * 1024

/** Bytes that may be read unasked: never more than what the server asks about. */
export function quietly({ askAbove }: Pick<Plan, 'askAbove'>): number {
  return Math.min(READ_QUIETLY, askAbove)
}
