import { integerKey } from '@/lib/link/keys/key'
import { waitKey } from '@/lib/link/keys/keys'
import type { ViewRecord } from '@/lib/link/views/record'

export const flow = {
  route: {
    path: 'tuples/[id]/flow',
    keys: { limit: integerKey('rows in the answer', 100, 1000), wait: waitKey },
    answer: async () => (await import('@/lib/flow/answer/tuples/flow')).flowAnswer,
  },
} as const satisfies ViewRecord
