import { hashKey, waitKey } from '@/lib/link/keys/keys'
import type { ViewRecord } from '@/lib/link/views/record'

export const manifest = {
  route: {
    path: 'manifest',
    keys: { hash: hashKey, wait: waitKey },
    answer: async () => (await import('@/lib/flow/answer/read/manifest')).manifestAnswer,
  },
} as const satisfies ViewRecord
