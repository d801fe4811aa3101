/** Kinds of verdict change: `opened` denied, then allowed; `closed` allowed, then denied. */
export const FLIP_WAYS = ['all', 'opened', 'closed'] as const
export type FlipWay = (typeof FLIP_WAYS)[number]
