import { waitKey } from '@/lib/link/keys/keys'
import type { ViewRecord } from './record'

export const holes = {
  route: {
    path: 'holes',
    keys: { wait: waitKey },
    answer: async () => (await import('@/lib/flow/answer/holes')).holesAnswer,
  },
} as const satisfies ViewRecord
