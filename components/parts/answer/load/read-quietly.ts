import type { Plan } from '@/lib/flow/answer/read/plan'

/** The most bytes read in addition to the asked range; more needs a range of its own, with progress and cancel. */
export const READ_QUIETLY = 256 * 1024 * 1024

/** Bytes that may be read without asking: never more than the server's limit. */
export function quietly({ askAbove }: Pick<Plan, 'askAbove'>): number {
  return Math.min(READ_QUIETLY, askAbove)
}
