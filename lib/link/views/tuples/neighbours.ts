import { integerKey } from '@/lib/link/keys/key'
import { waitKey } from '@/lib/link/keys/keys'
import type { ViewRecord } from '@/lib/link/views/record'

export const neighbours = {
  route: {
    path: 'tuples/[id]/neighbours',
    keys: { limit: integerKey('rows in the answer', 100, 1000), wait: waitKey },
    answer: async () => (await import('@/lib/flow/answer/tuples/neighbours')).neighboursAnswer,
  },
} as const satisfies ViewRecord
