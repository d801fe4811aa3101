import { byKey, metricKey, talkerOrderKey } from '@/lib/link/keys/field-keys'
import { flagKey, integerKey } from '@/lib/link/keys/key'
import { waitKey } from '@/lib/link/keys/keys'
import type { ViewRecord } from '@/lib/link/views/record'

export const talkers = {
  route: {
    path: 'talkers',
    keys: {
      by: byKey,
      metric: metricKey,
      sort: talkerOrderKey,
      rhythm: flagKey('1 for the median time between the flows of each row, and its jitter'),
      limit: integerKey('rows in the answer', 10, 1000),
      spark: integerKey('most buckets in the sparkline of each row', 0, 240),
      wait: waitKey,
    },
    answer: async () => (await import('@/lib/flow/answer/traffic/talkers')).talkersAnswer,
  },
} as const satisfies ViewRecord
