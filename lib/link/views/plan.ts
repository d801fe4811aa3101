import type { ViewRecord } from './record'

/** Reads no blob, so there is nothing to wait for. */
export const plan = {
  route: { path: 'plan', keys: {}, answer: async () => (await import('@/lib/flow/answer/plan')).planAnswer },
} as const satisfies ViewRecord
