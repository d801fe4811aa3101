import { waitKey } from '@/lib/link/keys/keys'
import type { ViewRecord } from './record'

export const counters = {
  route: {
    path: 'counters',
    keys: { wait: waitKey },
    answer: async () => (await import('@/lib/flow/answer/counters')).countersAnswer,
  },
} as const satisfies ViewRecord
