import { byKey, metricKey } from '@/lib/link/keys/field-keys'
import { integerKey } from '@/lib/link/keys/key'
import { waitKey } from '@/lib/link/keys/keys'
import type { ViewRecord } from './record'

export const talkers = {
  route: {
    path: 'talkers',
    keys: {
      by: byKey,
      metric: metricKey,
      limit: integerKey('rows in the answer', 10, 1000),
      spark: integerKey('most buckets in the sparkline of each row', 0, 240),
      wait: waitKey,
    },
    answer: async () => (await import('@/lib/flow/answer/talkers')).talkersAnswer,
  },
} as const satisfies ViewRecord
