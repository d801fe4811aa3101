import type { ViewRecord } from '@/lib/link/views/record'

/** Reads no blob, so it has no key `wait`. */
export const plan = {
  route: { path: 'plan', keys: {}, answer: async () => (await import('@/lib/flow/answer/read/plan')).planAnswer },
} as const satisfies ViewRecord
