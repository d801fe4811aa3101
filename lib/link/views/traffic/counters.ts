import { waitKey } from '@/lib/link/keys/keys'
import type { ViewRecord } from '@/lib/link/views/record'

export const counters = {
  route: {
    path: 'counters',
    keys: { wait: waitKey },
    answer: async () => (await import('@/lib/flow/answer/traffic/counters')).countersAnswer,
  },
} as const satisfies ViewRecord
