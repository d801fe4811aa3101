import { waitKey } from '@/lib/link/keys/keys'
import type { ViewRecord } from '@/lib/link/views/record'

export const holes = {
  route: {
    path: 'holes',
    keys: { wait: waitKey },
    answer: async () => (await import('@/lib/flow/answer/read/holes')).holesAnswer,
  },
} as const satisfies ViewRecord
